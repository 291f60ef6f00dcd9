"""党费: of each branch and month who had not paid yet. No amount, no pay, no reason in words is kept (R-EDU-08)."""

from django.db import models


class DuesMonth(models.Model):
    """The secretary looked at this month of his branch: who is not named below had paid. `month` is 202603."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="dues_months")
    month = models.PositiveIntegerField("月份")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "党费登记"
        ordering = ("body", "-month")
        constraints = [models.UniqueConstraint(fields=["body", "month"], name="duesmonth_once")]


class DuesUnpaid(models.Model):
    """One who had not paid; `excused`: for a good reason, which is nobody's to write down."""

    month = models.ForeignKey(DuesMonth, models.CASCADE, related_name="unpaid")
    person = models.ForeignKey("store.Person", models.CASCADE, related_name="unpaid_dues")
    excused = models.BooleanField("有正当理由", default=False)

    class Meta:
        verbose_name = "未交党费"
        ordering = ("month", "person")
        constraints = [models.UniqueConstraint(fields=["month", "person"], name="duesunpaid_once")]
