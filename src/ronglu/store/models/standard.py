"""五个一: what a branch says it keeps, what shows it, until when, and who looked."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class StandardState(models.TextChoices):
    ENTERED = "entered", "待检查"
    VALID = "valid", "有效"
    RETURNED = "returned", "退回"
    EXPIRED = "expired", "已失效"


class StandardItem(Dated):
    """One of the five of a branch for a time; `kind` is declared in the base pack. It counts from `from_on` until `until_on`
    once somebody else has looked at it; `expired`: a later look found it gone, and `until_on` is that day.
    """

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="standards")
    kind = models.CharField("哪一样", max_length=20)
    evidence = models.TextField("凭什么说有")
    state = models.CharField("状态", max_length=10, choices=StandardState, default=StandardState.ENTERED)
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记于")
    checked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    # the last time somebody looked at it: once a quarter
    checked_at = models.DateTimeField("检查于", null=True, blank=True)
    verdict = models.CharField("检查意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "五个一"
        ordering = ("body", "kind", "-from_on")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "from_on"], name="standard_once"),
            ordered_dates("standard"),
        ]
        indexes = [models.Index(fields=["state", "until_on"], name="standard_until")]
