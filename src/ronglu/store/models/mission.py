"""A team's call-out: where and why it was called, what it reports, and what somebody outside the team found to be true."""

from django.db import models


class MissionState(models.TextChoices):
    CALLED = "called", "已出动令"
    UNDER_WAY = "under_way", "执行中"
    REPORTED = "reported", "已报告，待核实"
    VERIFIED = "verified", "已核实"
    REJECTED = "rejected", "核实不通过"


class Mission(models.Model):
    """`effect` is what the team claims, `verdict` what the second person found; figures are text as given, exact."""

    team = models.ForeignKey("store.Team", models.PROTECT, related_name="missions")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="missions")
    why = models.TextField("任务")
    # a challenge or problem that the team takes on (揭榜攻关)
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="missions")
    state = models.CharField("状态", max_length=20, choices=MissionState, default=MissionState.CALLED)
    called_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    called_at = models.DateTimeField("调用时间")
    started_at = models.DateTimeField("到位时间", null=True)
    report = models.TextField("报告", blank=True)
    effect = models.TextField("自报成效", blank=True)
    indicator = models.CharField("指标", max_length=40, blank=True)
    before = models.CharField("之前", max_length=40, blank=True)
    after = models.CharField("之后", max_length=40, blank=True)
    reported_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("报告时间", null=True)
    verdict = models.TextField("核实意见", blank=True)
    verified_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "出动"
        ordering = ("-called_at", "-id")
        indexes = [models.Index(fields=["team", "called_at"], name="mission_team")]
