"""晒业绩: a crew shows chosen indicators of its own for all to see, as long as it wants to; nobody shows them for it."""

from django.db import models


class ShowcaseState(models.TextChoices):
    SHOWN = "shown", "晒着"
    REVOKED = "revoked", "已收回"


class Showcase(models.Model):
    """One row a time it was shown; `indicators` are codes of the plant's indicators in the order the crew chose."""

    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="showcases")
    indicators = models.JSONField("指标")
    words = models.CharField("本班的话", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=ShowcaseState, default=ShowcaseState.SHOWN)
    shown_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    shown_at = models.DateTimeField("晒于")
    revoked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField("收回于", null=True, blank=True)
    # the unit while it is shown, empty (null) afterwards: a crew has one board
    once = models.PositiveBigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "晒业绩"
        ordering = ("-shown_at", "-pk")
