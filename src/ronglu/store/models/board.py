"""What is built from facts and can be rebuilt from nothing: partitions on disk and indicator rows for boards."""

from django.db import models


class Partition(models.Model):
    """One Parquet file of facts: what is in it, and whether the tables have moved on since."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="partitions")
    fact = models.CharField("事实", max_length=40)
    month = models.PositiveIntegerField("月份")
    # raised by every write that touches the month; built says which of them is in the file
    wanted = models.PositiveIntegerField("应有版", default=1)
    built = models.PositiveIntegerField("已建版", default=0)
    digest = models.CharField("摘要", max_length=64, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    built_at = models.DateTimeField("建于", null=True)

    class Meta:
        verbose_name = "事实分区"
        constraints = [models.UniqueConstraint(fields=["plant", "fact", "month"], name="partition_once")]


class IndicatorRow(models.Model):
    """An indicator of a unit (line, crew, workshop, plant) in a period, ready to show."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="indicator_rows", db_index=False)
    indicator = models.CharField("指标", max_length=40)
    grain = models.CharField("粒度", max_length=10)
    period = models.CharField("时段", max_length=14)
    # the production month the row belongs to: rows of a month are replaced together
    month = models.PositiveIntegerField("统计月")
    numerator = models.CharField("分子", max_length=40, blank=True)
    denominator = models.CharField("分母", max_length=40, blank=True)
    value = models.CharField("值", max_length=40, blank=True)
    plan = models.CharField("计划", max_length=40, blank=True)
    covered = models.PositiveIntegerField("有数")
    expected = models.PositiveIntegerField("应有")
    letter = models.CharField("班别", max_length=10, blank=True)
    pending = models.PositiveIntegerField("未审", default=0)
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        verbose_name = "指标值"
        constraints = [
            models.UniqueConstraint(fields=["unit", "grain", "indicator", "period", "letter"], name="indicatorrow_once")
        ]
        indexes = [models.Index(fields=["plant", "month", "grain"], name="indicatorrow_month")]
