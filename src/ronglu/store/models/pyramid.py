"""The long course of indicators in buckets of days: written by boards/pyramid/build alone, rebuildable from indicator rows."""

from django.db import models


class PyramidRow(models.Model):
    """A bucket: `place` is the ordinal of its first day divided by its width, 4 days to the power of its level."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="+", db_index=False)
    indicator = models.CharField("指标", max_length=40)
    level = models.PositiveSmallIntegerField("层")
    place = models.PositiveIntegerField("位次")
    # of the values of its days; empty where no day had one
    low = models.CharField("最低", max_length=40, blank=True)
    high = models.CharField("最高", max_length=40, blank=True)
    last = models.CharField("最后", max_length=40, blank=True)
    numerator = models.CharField("分子", max_length=40, blank=True)
    denominator = models.CharField("分母", max_length=40, blank=True)
    # of all its days together; of what adds up, by the day
    value = models.CharField("值", max_length=40, blank=True)
    days = models.PositiveSmallIntegerField("有数天数")

    class Meta:
        verbose_name = "长期走势"
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "level", "place"], name="pyramidrow_once")]
        indexes = [models.Index(fields=["plant", "level", "place"], name="pyramidrow_place")]
