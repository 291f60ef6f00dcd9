"""隐患统计通报 as it was counted and announced, and the 风险清单 with the controls that hazards name when one failed."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class BulletinState(models.TextChoices):
    PROPOSED = "proposed", "待发布"
    PUBLISHED = "published", "已发布"
    DROPPED = "dropped", "不发布"
    WITHDRAWN = "withdrawn", "已撤回"


class BulletinPlace(models.TextChoices):
    """Where the employees are told (安全生产法 41)."""

    ASSEMBLY = "assembly", "职工大会"
    CONGRESS = "congress", "职代会"
    BOARD = "board", "公示栏"
    PLATFORM = "platform", "信息公示平台"


class HazardBulletin(models.Model):
    """Hazards of a unit in a period up to `until_on`, counted once at `proposed_at`: the figures never move after that."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="hazard_bulletins")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="hazard_bulletins")
    # a month, quarter or year as kernel/time writes it: 2026-03, 2026-Q1, 2026
    period = models.CharField("期间", max_length=7)
    number = models.PositiveSmallIntegerField("第几次")
    until_on = models.DateField("统计截至")
    figures = models.JSONField("统计数")
    digest = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=10, default=BulletinState.PROPOSED, choices=BulletinState)
    place = models.CharField("在哪里通报", max_length=10, blank=True, choices=BulletinPlace)
    announced_on = models.DateField("通报日期", null=True)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("拟于")
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定于", null=True)
    withdrawn_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "隐患统计通报"
        ordering = ("-until_on", "-proposed_at", "-id")
        constraints = [models.UniqueConstraint(fields=["unit", "period", "number"], name="bulletin_number")]
        indexes = [models.Index(fields=["plant", "state", "until_on"], name="bulletin_state")]


class RiskGrade(models.TextChoices):
    RED = "red", "红（重大）"
    ORANGE = "orange", "橙（较大）"
    YELLOW = "yellow", "黄（一般）"
    BLUE = "blue", "蓝（低）"


class Risk(Dated):
    """A line of the 风险清单. `grade` is empty while nobody has graded it; `post` answers for it, whoever holds that post."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="risks")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="risks")
    zone = models.ForeignKey("store.Zone", models.PROTECT, null=True, blank=True, related_name="risks")
    code = models.CharField("编号", max_length=20)
    activity = models.CharField("作业活动或设备", max_length=80)
    what = models.CharField("风险", max_length=200)
    grade = models.CharField("等级", max_length=6, blank=True, choices=RiskGrade)
    post = models.CharField("责任岗位", max_length=40)
    reviewed_on = models.DateField("评估日期", null=True, blank=True)

    class Meta:
        verbose_name = "风险"
        ordering = ("plant", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="risk_code"), ordered_dates("risk")]
        indexes = [models.Index(fields=["unit", "until_on"], name="risk_unit")]

    def __str__(self) -> str:
        return self.code


class RiskControl(models.Model):
    """A 管控措施 of a risk. Its number stays its own; one that is left out of the list is dropped, not deleted."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="controls")
    no = models.PositiveSmallIntegerField("序号")
    text = models.CharField("管控措施", max_length=90)
    dropped_on = models.DateField("不再采用", null=True, blank=True)

    class Meta:
        verbose_name = "管控措施"
        ordering = ("risk", "no")
        constraints = [models.UniqueConstraint(fields=["risk", "no"], name="riskcontrol_no")]
