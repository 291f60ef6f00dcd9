"""月审核、季点评、年考核: which case of which loop stands for a branch and a period, and what named people judged of its quarter."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class Review(models.Model):
    """One case a branch and period: of two clocks that raise it at once, one finds it there."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="reviews")
    kind = models.CharField(
        "考核", max_length=10, choices=[("monthly", "月审核"), ("quarterly", "季点评"), ("annual", "年考核")]
    )
    # 2026-03, 2026-Q1, 2026
    period = models.CharField("期间", max_length=10)
    case = models.OneToOneField("store.Case", models.PROTECT, related_name="review")

    class Meta:
        verbose_name = "考核周期"
        ordering = ("period", "body")
        constraints = [models.UniqueConstraint(fields=["body", "kind", "period"], name="review_once")]
        indexes = [models.Index(fields=["kind", "period"], name="review_period")]


class QuarterMark(models.Model):
    """A member of the panel scores one scale of a branch's quarter. Of one member's scores the highest number stands."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="quarter_marks")
    quarter = models.CharField("季度", max_length=10)
    scale = models.CharField("百分", max_length=20)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    # hundredths, 0 to 10000
    score = models.PositiveIntegerField("点评分")
    reason = models.CharField("理由", max_length=400)
    at = models.DateTimeField("时间")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "季度点评分"
        ordering = ("quarter", "body", "scale", "by", "number")
        constraints = [
            models.UniqueConstraint(fields=["body", "quarter", "scale", "by", "number"], name="quartermark_once"),
            models.CheckConstraint(condition=models.Q(score__lte=10_000), name="quartermark_score"),
        ]


class PracticeMark(models.Model):
    """实、特、亮: what a reviewer found of a branch's practice in a quarter or a year; a comment, never points."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="practice_marks")
    period = models.CharField("期间", max_length=10)
    practice = models.CharField("做法", max_length=120)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    solid = models.PositiveSmallIntegerField("实")
    distinct = models.PositiveSmallIntegerField("特")
    bright = models.PositiveSmallIntegerField("亮")
    comment = models.CharField("评语", max_length=400)
    at = models.DateTimeField("时间")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "实特亮"
        ordering = ("period", "body", "practice", "by", "number")
        constraints = [
            models.UniqueConstraint(fields=["body", "period", "practice", "by", "number"], name="practicemark_once"),
        ]
