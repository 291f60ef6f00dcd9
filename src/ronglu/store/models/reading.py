"""What was measured: channels, and readings with every version they ever had."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Channel(Dated):
    """A line (or workshop, plant) reports this series at this grain; what is expected, and so what is missing."""

    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="channels")
    series = models.CharField("数列", max_length=60)
    # instant-grained sources (15 min, 30 s) are "instant"; settlement is the month-end figure that replaces the sum
    grain = models.CharField(
        "粒度",
        max_length=12,
        choices=[
            ("instant", "时刻"),
            ("hour", "小时"),
            ("shift", "班"),
            ("day", "日"),
            ("month", "月"),
            ("settlement", "月末结算"),
        ],
    )
    # readings expected a day for instant grain (96 for a quarter of an hour); 0 = no expectation
    per_day = models.PositiveSmallIntegerField("每日应有", default=0)

    class Meta:
        verbose_name = "测点"
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "grain"], name="channel_once"),
            ordered_dates("channel"),
        ]


class ReadingState(models.TextChoices):
    FORECAST = "forecast", "预报"
    AUDITED = "audited", "审核"
    LOCKED = "locked", "锁定"
    SUPERSEDED = "superseded", "已更正"
    REJECTED = "rejected", "退回"


STANDING = (ReadingState.FORECAST, ReadingState.AUDITED, ReadingState.LOCKED)
"""States in which a version is one that people see as the value."""
SCORING = (ReadingState.AUDITED, ReadingState.LOCKED)
"""States in which it scores (09-8)."""


class Reading(models.Model):
    """One version of one value. Natural key: channel, start, version.

    `text` is what was given, `value` the integer at the series' declared decimals (null: deleted by an explicit
    mark). Among the versions of a slot at most one is audited or locked: that one scores. A newer one that waits
    for its audit is a forecast and is shown, but does not score (09-8).
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="readings", db_index=False)
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    day = models.DateField("生产日")
    shift_no = models.PositiveSmallIntegerField("班次", default=0)
    month = models.PositiveIntegerField("统计月")
    letter = models.CharField("班别", max_length=10, blank=True, default="")
    version = models.PositiveSmallIntegerField("版本", default=1)
    text = models.CharField("原文", max_length=60)
    value = models.BigIntegerField("定标整数", null=True)
    state = models.CharField("状态", max_length=10, choices=ReadingState, default=ReadingState.FORECAST)
    known_at = models.DateTimeField("得知于")
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+", db_index=False)
    audited_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    audited_at = models.DateTimeField("审核于", null=True)
    batch = models.ForeignKey("store.Import", models.PROTECT, null=True, related_name="readings", db_index=False)
    place = models.CharField("出处", max_length=80, blank=True, default="")
    reason = models.CharField("更正原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "读数"
        constraints = [models.UniqueConstraint(fields=["channel", "starts_at", "version"], name="reading_version")]
        indexes = [models.Index(fields=["month", "channel"], name="reading_month")]
