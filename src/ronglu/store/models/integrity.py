"""责任书·承诺书, the 五抓五促 list of a quarter, and 专项自查: what is asked for, what is there, who looked at it."""

from django.db import models


class CommitmentState(models.TextChoices):
    ASKED = "asked", "待签"
    SIGNED = "signed", "已签，待核对"
    CONFIRMED = "confirmed", "已核对"
    DROPPED = "dropped", "不再要求"


class Commitment(models.Model):
    """One paper of one signer and one year. A person is named to himself and to the discipline roles, to nobody else."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="commitments")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    # a code of packs/base/integrity.yaml: 责任书, 承诺书
    kind = models.CharField("类型", max_length=20)
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, choices=CommitmentState, default=CommitmentState.ASKED)
    signed_on = models.DateField("签订日期", null=True, blank=True)
    # where the paper lies: number of the folder, cupboard
    kept = models.CharField("存放处或编号", max_length=80, blank=True)
    asked_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("列入于")
    entered_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("核对于", null=True, blank=True)
    # from when it counts: the day it was signed, or, where that quarter was closed already, the day it was looked at
    counts_on = models.DateField("自哪天起算", null=True, blank=True)
    # from when it is no longer asked for: the day it was due, unless that quarter was closed already
    dropped_on = models.DateField("自哪天起不再要求", null=True, blank=True)
    # why it was sent back, or is no longer asked for
    reason = models.CharField("理由", max_length=120, blank=True)

    class Meta:
        verbose_name = "责任书、承诺书"
        ordering = ("year", "body", "kind", "id")
        constraints = [models.UniqueConstraint(fields=["person", "year", "kind"], name="commitment_once")]
        indexes = [models.Index(fields=["body", "year", "state"], name="commitment_state")]


class QuarterPoint(models.Model):
    """One of the five pairs in one quarter of one body: what was done, in a sentence, and who else looked."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="quarter_points")
    # 2026-Q1
    quarter = models.CharField("季度", max_length=10)
    point = models.CharField("哪一抓", max_length=20)
    state = models.CharField("办没办", max_length=10, choices=[("done", "办了"), ("none", "本季没有可办的")])
    words = models.CharField("办了什么", max_length=200)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("填于")
    looked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField("看过于", null=True, blank=True)
    remark = models.CharField("纪检意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "五抓五促"
        ordering = ("quarter", "body", "id")
        constraints = [models.UniqueConstraint(fields=["body", "quarter", "point"], name="quarterpoint_once")]


class InspectionState(models.TextChoices):
    PLANNED = "planned", "待自查"
    HELD = "held", "已自查"
    DROPPED = "dropped", "取消"


class SelfInspection(models.Model):
    """专项自查: what is looked at and by when; what it found are cases, or the sentence that says nothing was found."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="inspections")
    title = models.CharField("自查事项", max_length=120)
    scope = models.CharField("查什么", max_length=300)
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, choices=InspectionState, default=InspectionState.PLANNED)
    held_on = models.DateField("自查日期", null=True, blank=True)
    result = models.CharField("自查结论", max_length=400, blank=True)
    planned_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField("排定于")
    held_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("取消的理由", max_length=120, blank=True)

    class Meta:
        verbose_name = "专项自查"
        ordering = ("-due_on", "-id")
        indexes = [models.Index(fields=["body", "state", "due_on"], name="inspection_due")]


class InspectionFinding(models.Model):
    """A finding is a case, with one person and one day; here stands only which inspection it came from."""

    inspection = models.ForeignKey(SelfInspection, models.CASCADE, related_name="findings")
    case = models.OneToOneField("store.Case", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "自查发现"
        ordering = ("id",)
