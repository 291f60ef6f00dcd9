"""Records of indicators and the lives of what wears: found by the system, written by boards/record/build alone, rebuildable."""

from django.db import models


class Record(models.Model):
    """One line of a record's history: which period beat everything before it, by how much, and whose shift it was.

    `span` is how far back one looks: ever, or to the beginning of the period's year (a statistical year).
    """

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="records", db_index=False)
    indicator = models.CharField("指标", max_length=40)
    grain = models.CharField("粒度", max_length=10)
    span = models.CharField("范围", max_length=5, choices=[("ever", "历史"), ("year", "年内")], default="ever")
    period = models.CharField("时段", max_length=14)
    # the last production day of the period
    day = models.DateField("日期")
    value = models.CharField("值", max_length=40)
    # empty where looking began
    previous = models.CharField("原纪录", max_length=40, blank=True)
    margin = models.CharField("超出", max_length=40, blank=True)
    letter = models.CharField("班别", max_length=10, blank=True)
    standing = models.BooleanField("现纪录")
    # the first period that could be compared
    since = models.CharField("自", max_length=14)

    class Meta:
        verbose_name = "纪录"
        constraints = [
            models.UniqueConstraint(fields=["unit", "grain", "indicator", "span", "period"], name="record_once")
        ]
        indexes = [models.Index(fields=["plant", "standing", "day"], name="record_day")]


class Lifetime(models.Model):
    """One life between two events (大修, 换模): what the counter reached; the running one has no end."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+")
    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="lifetimes")
    indicator = models.CharField("指标", max_length=40)
    number = models.PositiveIntegerField("第几个")
    from_on = models.DateField("自")
    until_on = models.DateField("止", null=True)
    height = models.CharField("达到", max_length=40)

    class Meta:
        verbose_name = "寿命"
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "number"], name="lifetime_once")]
