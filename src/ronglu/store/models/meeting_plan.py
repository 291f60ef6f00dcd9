"""排下月的会: what a body holds beyond the regulations, one asking of the planner, and what it answered line by line."""

from django.db import models


class MeetingHabit(models.Model):
    """How one body holds one kind of meeting, and how often it has set itself to; where it says nothing the defaults hold."""

    body = models.ForeignKey("store.Body", models.CASCADE, related_name="habits")
    kind = models.CharField("类型", max_length=40)
    every = models.CharField(
        "多久一次",
        max_length=10,
        blank=True,
        choices=[("", "按规定"), ("week", "每周一次"), ("month", "每月一次"), ("quarter", "每季一次")],
    )
    minutes = models.PositiveSmallIntegerField("时长（分钟）", null=True, blank=True)
    # 固定日: the day of the month that the body set for it
    fixed_day = models.PositiveSmallIntegerField("固定日", null=True, blank=True)
    # why people may be called in on their rest day; without a reason nobody is
    call_in = models.CharField("休息日叫人的理由", max_length=120, blank=True)

    class Meta:
        verbose_name = "会议惯例"
        ordering = ("body", "kind")
        constraints = [models.UniqueConstraint(fields=["body", "kind"], name="meetinghabit_once")]


class MeetingSchedule(models.Model):
    """One asking for one body with all below it, and one month. A later asking replaces what was not taken of it."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="meeting_schedules")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="meeting_schedules")
    month = models.PositiveIntegerField("月份")
    state = models.CharField(
        "状态", max_length=10, default="asked",
        choices=[("asked", "正在排"), ("ready", "已排好"), ("replaced", "已重排")],
    )  # fmt: skip
    job = models.ForeignKey("store.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("提出于")

    class Meta:
        verbose_name = "会议排期"
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["body", "month", "state"], name="meetingschedule_body")]


class MeetingProposal(models.Model):
    """A session that the planner found, or a meeting that cannot be held and why (`cause`); a make-up names its main one.

    `parts` is who comes as the planner saw it: {"here": [[label, people]], "called": …, "away": …, "off": …}, numbers by crew and
    never a name (`off`: those not at the plant, made up for when they are back); `people` their keys, until the clock clears them.
    """

    schedule = models.ForeignKey(MeetingSchedule, models.CASCADE, related_name="proposals")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="+")
    # the team whose weekly meeting it is; the body is the team's then
    team = models.ForeignKey("store.Team", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("类型", max_length=40)
    # the rule or the body's own habit that asks for it, as the page quotes it
    basis = models.CharField("依据", max_length=200)
    must = models.BooleanField("应当", default=False)
    first_on = models.DateField("最早")
    last_on = models.DateField("最晚")
    makeup_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="makeups")
    starts_at = models.DateTimeField("开始", null=True, blank=True)
    ends_at = models.DateTimeField("结束", null=True, blank=True)
    venue = models.ForeignKey("store.Venue", models.PROTECT, null=True, blank=True, related_name="+")
    parts = models.JSONField("到会的班", default=dict, blank=True)
    people = models.JSONField("到会的人", default=list, blank=True)
    due = models.PositiveSmallIntegerField("应到", default=0)
    least = models.PositiveSmallIntegerField("至少到", default=0)
    called_in = models.CharField("休息日叫人的理由", max_length=120, blank=True)
    cause = models.CharField("排不进的原因", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, default="open",
        choices=[("open", "待采纳"), ("taken", "已采纳"), ("dropped", "不用")],
    )  # fmt: skip
    gathering = models.ForeignKey("store.Gathering", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "会议建议"
        ordering = ("starts_at", "id")
