"""贡献台账: what a branch claims of a line's better figure, by which measure, and what was made of the claim (S3-05)."""

from django.db import models

from ronglu.kernel.standing.contribution import ContributionState


class Contribution(models.Model):
    """`value`, `past` and `plan` are the figures as they stood when it was claimed, as text. Shares in per cent.

    `did` and `record`: what the organisation did, and the record of it (team:3, zone:7, or the paper's number).
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="contributions")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="contributions")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="contributions")
    indicator = models.CharField("指标", max_length=40)
    period = models.CharField("时段", max_length=14)
    measure = models.ForeignKey("store.Case", models.PROTECT, related_name="contributions")
    value = models.CharField("值", max_length=40)
    past = models.CharField("上期", max_length=40)
    plan = models.CharField("计划", max_length=40, blank=True)
    asked = models.PositiveSmallIntegerField("申报份额（%）")
    granted = models.PositiveSmallIntegerField("认定份额（%）", null=True)
    did = models.CharField(
        "组织做了什么",
        max_length=10,
        choices=[("decision", "组织决定"), ("meeting", "会议"), ("team", "队伍"), ("zone", "责任区")],
    )
    record = models.CharField("依据", max_length=80)
    statement = models.TextField("贡献说明")
    state = models.CharField(
        "状态",
        max_length=10,
        default=ContributionState.CLAIMED.value,
        choices=[(one.value, one.label) for one in ContributionState],
    )
    claimed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField("申报于")
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("产线确认于", null=True)
    reviewed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("复核于", null=True)
    reason = models.CharField("理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "贡献"
        ordering = ("-period", "unit", "indicator", "id")
        constraints = [
            # a measure counts once for an improvement, whoever claims it
            models.UniqueConstraint(fields=["measure", "unit", "indicator", "period"], name="contribution_once"),
            models.UniqueConstraint(fields=["body", "unit", "indicator", "period"], name="contribution_of_body"),
        ]
        indexes = [
            models.Index(fields=["plant", "period"], name="contribution_period"),
            models.Index(fields=["plant", "state"], name="contribution_state"),
        ]
