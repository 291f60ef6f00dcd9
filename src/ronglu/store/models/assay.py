"""Assay sheets of a lot as the laboratory wrote them, and the grade that a table of limits gave them."""

from django.db import models


class AssayState(models.TextChoices):
    ENTERED = "entered", "待核对"
    CONFIRMED = "confirmed", "已核对"
    REJECTED = "rejected", "核对不通过"
    SUPERSEDED = "superseded", "已更正"


class AssaySheet(models.Model):
    """One version of the assay of a lot. A correction is a new version; the one before stands until the new one is confirmed."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="assays")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="assays")
    lot = models.CharField("批号", max_length=40)
    version = models.PositiveSmallIntegerField("第几版", default=1)
    # a table of limits of the plant's pack (packs/base/grades.yaml)
    standard = models.CharField("标准", max_length=40)
    sampled_at = models.DateTimeField("取样时间")
    # tonnes as given; empty where nobody weighed the lot
    weight = models.CharField("批重", max_length=20, blank=True)
    # element → text as the laboratory wrote it, in % ("<0.0001" is under the detection limit)
    values = models.JSONField("化验值")
    # as graded by the table of that day, limit by limit: the page shows this and not what a later table would say
    verdict = models.JSONField("评级")
    outcome = models.CharField(
        "结果", max_length=10, choices=[("graded", "已评级"), ("off", "不合本表牌号"), ("unknown", "不能评级")]
    )
    grade = models.CharField("牌号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=AssayState, default=AssayState.ENTERED)
    why = models.CharField("为什么更正", max_length=200, blank=True)
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入于")
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("核对于", null=True, blank=True)
    # what the second person saw when he refused it
    said = models.CharField("核对意见", max_length=200, blank=True)
    batch = models.ForeignKey("store.Import", models.PROTECT, null=True, blank=True, related_name="assays")

    class Meta:
        verbose_name = "化验单"
        ordering = ("-sampled_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["unit", "lot", "standard", "version"], name="assay_version")]
        indexes = [models.Index(fields=["plant", "sampled_at"], name="assay_sampled")]

    def __str__(self) -> str:
        return self.lot
