"""标准指导书: what a plant says of a kind of meeting in place of the default, version by version."""

from django.db import models


class Guide(models.Model):
    """`declaration` as kernel/gathering/guide reads it. A version is never changed; the next one begins on a day."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="guides")
    kind = models.CharField("会议类型", max_length=40)
    version = models.PositiveIntegerField("版本")
    from_on = models.DateField("自")
    declaration = models.JSONField("内容")
    note = models.CharField("修订说明", max_length=200)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("发布于")

    class Meta:
        verbose_name = "标准指导书"
        ordering = ("kind", "version")
        constraints = [models.UniqueConstraint(fields=["plant", "kind", "version"], name="guide_version")]
