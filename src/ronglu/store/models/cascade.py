"""The year's plan of a unit day by day beside what was done, what is still needed, and where month and year will end."""

from django.db import models


class Cascade(models.Model):
    """Written by boards/cascade/build alone and rebuildable. Figures inside `days` and `ends` are texts.

    `days`: [[day, plan, done, needed by the month, needed by the year, plan judged of a day read in part], …], oldest first.
    `ends`: {period text: {"point", "low", "high", "sure", "tries", "held"}}; empty where the past is too short to say.
    """

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+")
    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="cascades")
    indicator = models.CharField("指标", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    until = models.DateField("数据到")
    days = models.JSONField("逐日")
    ends = models.JSONField("预计", default=dict)
    # days that cannot carry what is left, in words: stops ahead and a stop that still runs
    lost = models.JSONField("停机", default=list)
    built_at = models.DateTimeField("算于")

    class Meta:
        verbose_name = "计划分解"
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "year"], name="cascade_once")]
        indexes = [models.Index(fields=["plant", "year"], name="cascade_year")]
