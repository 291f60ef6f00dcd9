"""What was meant to happen: plans, planned stops, benchmarks, and figures brought in from elsewhere."""

from typing import Self

from django.db import models

from ronglu.store.models.dated import Dated, DatedQuerySet, ordered_dates


class Plan(models.Model):
    """The plan of an indicator at a unit for a year, month or day; `value` is text as given, exact."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="plans")
    indicator = models.CharField("指标", max_length=40)
    # a Period's text: 2026, 2026-03 or 2026-03-05
    period = models.CharField("时段", max_length=12)
    value = models.CharField("计划", max_length=40)
    batch = models.ForeignKey("store.Import", models.PROTECT, null=True, related_name="plans")
    set_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("下达于", null=True)

    class Meta:
        verbose_name = "计划"
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "period"], name="plan_once")]


class PlanStopQuerySet(DatedQuerySet):
    def approved(self) -> Self:
        """Only what a second person has approved counts; the rest was proposed."""
        return self.filter(approved_by__isnull=False)


class PlanStop(Dated):
    """A planned stop; once a second person approved it, its days carry no plan and owe no readings."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="stops")
    reason = models.CharField("原因", max_length=80)
    set_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("提出于", null=True)
    approved_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    objects = PlanStopQuerySet.as_manager()

    class Meta:
        verbose_name = "计划停产"
        constraints = [ordered_dates("stop")]


class Benchmark(models.Model):
    """A best value to measure against, with where and when it was said."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="benchmarks")
    indicator = models.CharField("指标", max_length=40)
    tier = models.CharField(
        "层级",
        max_length=20,
        choices=[
            ("own", "自身最好"),
            ("sister", "兄弟产线"),
            ("industry", "行业先进"),
            ("domestic", "国内领先"),
            ("world", "世界一流"),
        ],
    )
    value = models.CharField("标杆值", max_length=40)
    source = models.CharField("出处", max_length=200)
    dated_on = models.DateField("日期")
    owner = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "标杆"
        constraints = [
            models.UniqueConstraint(fields=["plant", "indicator", "tier", "dated_on"], name="benchmark_once")
        ]


class ImportedScore(models.Model):
    """A score from before or from elsewhere: past party and fusion scores, approved administrative scores.

    Brought in anew it is a row more, with the next number; of the approved ones the newest stands.
    """

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="imported_scores")
    body = models.ForeignKey("store.Body", models.CASCADE, null=True, blank=True, related_name="imported_scores")
    unit = models.ForeignKey("store.Unit", models.CASCADE, null=True, blank=True, related_name="imported_scores")
    # "body:12" or "unit:3": a plain key, since UNIQUE does not hold over empty columns
    subject = models.CharField(max_length=40)
    kind = models.CharField(
        "种类",
        max_length=20,
        choices=[
            ("party", "往期党建分"),
            ("fusion", "往期生产融合分"),
            ("admin", "行政绩效"),
        ],
    )
    period = models.CharField("时段", max_length=12)
    number = models.PositiveSmallIntegerField("第几次", default=1)
    value = models.IntegerField("分（百分之一）")
    scheme = models.CharField("所依办法", max_length=200, blank=True)
    batch = models.ForeignKey("store.Import", models.PROTECT, null=True, related_name="scores")
    approved_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "导入的分数"
        constraints = [
            models.UniqueConstraint(fields=["plant", "subject", "kind", "period", "number"], name="importedscore_once"),
        ]
