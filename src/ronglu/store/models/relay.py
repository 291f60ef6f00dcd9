"""传达: a document that a body has to pass on by a day, every time it did, and to how many; who missed it stands nowhere."""

from django.db import models


class RelayState(models.TextChoices):
    OPEN = "open", "待传达"
    TOLD = "told", "已传达"
    # a reason was written down and somebody else has to agree to it
    EXPLAINED = "explained", "写了理由，待认可"
    EXCUSED = "excused", "理由已认可"
    WITHDRAWN = "withdrawn", "已撤回"


class Relay(models.Model):
    """One body and one document. Coverage is two numbers: `due`, whom it concerns, and `told`, how many have heard it."""

    document = models.ForeignKey("store.Document", models.PROTECT, related_name="relays")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="relays")
    # a code of packs/base/education.yaml: whom it concerns
    audience = models.CharField("对象", max_length=20)
    asked_on = models.DateField("下达")
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=12, choices=RelayState, default=RelayState.OPEN)
    # the day of the first telling, on which the duty was done
    told_on = models.DateField("首次传达", null=True, blank=True)
    due = models.PositiveIntegerField("应传达")
    told = models.PositiveIntegerField("已传达", default=0)
    reason = models.CharField("未传达的理由", max_length=200, blank=True)
    explained_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("认可意见", max_length=200, blank=True)
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("下达于")

    class Meta:
        verbose_name = "传达"
        ordering = ("due_on", "id")
        constraints = [models.UniqueConstraint(fields=["document", "body"], name="relay_once")]
        indexes = [
            models.Index(fields=["body", "state", "due_on"], name="relay_body"),
            models.Index(fields=["state", "due_on"], name="relay_due"),
        ]


class RelayTelling(models.Model):
    """One time it was passed on: at a meeting, whose records know who was there, or elsewhere, with a number."""

    relay = models.ForeignKey(Relay, models.CASCADE, related_name="tellings")
    day = models.DateField("日期")
    gathering = models.ForeignKey("store.Gathering", models.PROTECT, null=True, blank=True, related_name="tellings")
    # a shift's start, a notice board talk: where no meeting was held
    occasion = models.CharField("场合", max_length=80, blank=True)
    people = models.PositiveIntegerField("人数")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "传达记录"
        ordering = ("day", "id")
        constraints = [models.UniqueConstraint(fields=["relay", "gathering"], name="relaytelling_once")]
