"""填报负担: how much time forms took, counted by role and form. There is no person here, no account, no session, no time of day."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


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


class BurdenBudget(Dated):
    """How many minutes a month the forms may ask of one holder of the role, from a month on; without a row what we ship."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=40)
    minutes = models.PositiveIntegerField("每人每月分钟")
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField("定于")

    class Meta:
        verbose_name = "填报预算"
        ordering = ("plant", "role", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["plant", "role", "from_on"], name="burden_budget_once"),
            ordered_dates("burden_budget"),
        ]
