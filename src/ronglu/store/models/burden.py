"""填报负担: how much time forms took, counted by role and form. There is no person here, no account, no session, no time of day."""

from django.db import models


class Burden(models.Model):
    """One counter a month; it is only ever raised. A secret ballot is never counted."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+")
    month = models.PositiveIntegerField("月份")
    role = models.CharField("角色", max_length=40)
    form = models.CharField("表单", max_length=80)
    saves = models.PositiveIntegerField("次数", default=0)
    fields = models.PositiveIntegerField("填写格数", default=0)
    seconds = models.PositiveBigIntegerField("秒", default=0)

    class Meta:
        verbose_name = "填报负担"
        constraints = [models.UniqueConstraint(fields=["plant", "month", "role", "form"], name="burden_once")]
