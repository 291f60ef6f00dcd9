"""Competitions of crews or lines: declared before they start, counted from readings, final after the time to appeal."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class ContestState(models.TextChoices):
    DRAFT = "draft", "草案"
    DECLARED = "declared", "已宣布"
    RUNNING = "running", "进行中"
    PROVISIONAL = "provisional", "公示中"
    FINAL = "final", "已定"
    WITHDRAWN = "withdrawn", "已撤销"


class Contest(models.Model):
    """`terms` is the declaration as data (kernel/standing/contest.py), sealed by `digest` when a second person declares it;
    from then on it is only ever withdrawn."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="contests")
    # the line whose crews compete, or the plant or workshop whose lines do
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="contests")
    title = models.CharField("名称", max_length=120)
    terms = models.JSONField("办法")
    digest = models.CharField("办法指纹", max_length=64, blank=True)
    first_on = models.DateField("首日")
    last_on = models.DateField("末日")
    state = models.CharField("状态", max_length=12, choices=ContestState, default=ContestState.DRAFT)
    drafted_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟定于")
    declared_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField("宣布于", null=True, blank=True)
    # appeals are taken up to this day, included
    appeal_until = models.DateField("申诉截止", null=True, blank=True)
    settled_at = models.DateTimeField("定案于", null=True, blank=True)
    withdrawn_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤销于", null=True, blank=True)
    reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "竞赛"
        ordering = ("-first_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="contest_forward"),
        ]
        indexes = [models.Index(fields=["plant", "state", "last_on"], name="contest_due")]


class ContestResult(models.Model):
    """One count of a contest: what went in, what came out. Counted anew after an appeal, the older one stays beside it."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="results")
    version = models.PositiveSmallIntegerField("第几次")
    cause = models.CharField("缘由", max_length=200)
    inputs = models.JSONField("所据数据")
    # of the inputs: the same inputs give the same digits
    digest = models.CharField("数据指纹", max_length=64)
    outcome = models.JSONField("结果")
    made_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("计算于")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "竞赛结果"
        ordering = ("contest", "version")
        constraints = [models.UniqueConstraint(fields=["contest", "version"], name="contestresult_once")]
