"""Safety events: reported by one person, confirmed by another; only what is confirmed and recordable ends accident-free days."""

from django.db import models


class EventKind(models.TextChoices):
    NEAR_MISS = "near_miss", "未遂事件"
    FIRST_AID = "first_aid", "急救处置"
    MINOR = "minor", "轻微事件"
    LOST_TIME = "lost_time", "损失工时事件"


RECORDABLE = (EventKind.MINOR, EventKind.LOST_TIME)
"""A near miss that is told never costs anything (09-16)."""


class EventState(models.TextChoices):
    REPORTED = "reported", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不成立"


class SafetyEvent(models.Model):
    """`day` is the production day it happened on; `kind` is what the confirmer graded it as, once confirmed."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="safety_events")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="safety_events")
    zone = models.ForeignKey("store.Zone", models.PROTECT, null=True, blank=True, related_name="safety_events")
    day = models.DateField("发生日", db_index=True)
    kind = models.CharField("类别", max_length=12, choices=EventKind)
    state = models.CharField("状态", max_length=10, choices=EventState, default=EventState.REPORTED)
    words = models.CharField("经过", max_length=500)
    reported_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("报告于")
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("确认于", null=True, blank=True)
    reason = models.CharField("确认意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "安全事件"
        ordering = ("-day", "-pk")
        indexes = [models.Index(fields=["plant", "state", "kind", "day"], name="event_counted")]
