"""Polls without ballots: who may vote and whether he has, and beside it, joined by nothing but the poll, how often each box was ticked."""

from django.db import models


class PollState(models.TextChoices):
    DRAFT = "draft", "筹备"
    OPEN = "open", "投票中"
    CLOSED = "closed", "已结束，未公布"
    PUBLISHED = "published", "已公布"
    ABANDONED = "abandoned", "已作废"


class Withheld(models.TextChoices):
    """Why a poll that is over has no result; its counts were deleted with the closing."""

    NO = "", ""
    FEW = "few", "投票的人太少"
    QUORUM = "quorum", "未过半数，投票无效"
    PAPER = "paper", "网上投票的人太少，减去纸质票就能推出来"


class Poll(models.Model):
    """`declaration` is the kind as it stood when the poll was declared (kernel/standing/ballot). It names no organiser: he stands in
    the audit trail, and nothing leads from a count to a person.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="polls")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="polls")
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("计入年度")
    declaration = models.JSONField("办法")
    seats = models.PositiveSmallIntegerField("名额", default=0)
    due_on = models.DateField("投票截止日")
    state = models.CharField("状态", max_length=20, default=PollState.DRAFT, choices=PollState)
    # written with the closing: group → [entitled, cast]
    turnout = models.JSONField("参加人数", default=dict, blank=True)
    withheld = models.CharField("不公布的原因", max_length=20, blank=True, default=Withheld.NO, choices=Withheld)
    reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "测评与投票"
        ordering = ("-due_on", "-id")
        indexes = [
            models.Index(fields=["plant", "state", "due_on"], name="poll_due"),
            models.Index(fields=["body", "kind", "year"], name="poll_of_year"),
        ]

    def __str__(self) -> str:
        return self.title


class PollSubject(models.Model):
    """Whom or what the poll is about, in the order of the paper; a count names it by number."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="subjects")
    no = models.PositiveSmallIntegerField("序号")
    name = models.CharField("名称", max_length=80)
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="polled")
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, related_name="polled")

    class Meta:
        verbose_name = "测评对象"
        ordering = ("poll", "no")
        constraints = [
            models.UniqueConstraint(fields=["poll", "no"], name="pollsubject_no"),
            models.CheckConstraint(
                condition=models.Q(person=None, body__isnull=False) | models.Q(person__isnull=False, body=None),
                name="pollsubject_is_one",
            ),
        ]


class PollVoter(models.Model):
    """The roll. All rows are made beforehand in the order of staff numbers; no time is kept; with the closing all marks become one."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="roll")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    part = models.CharField("测评人类别", max_length=20, blank=True)
    state = models.CharField(
        "状态",
        max_length=20,
        default="waiting",
        choices=[
            ("waiting", "未投"),
            ("voted", "已投"),
            ("paper", "领了纸质票"),
            ("over", "投票已结束"),
        ],
    )

    class Meta:
        verbose_name = "投票名册"
        ordering = ("poll", "id")
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="pollvoter_once")]
        indexes = [models.Index(fields=["person", "state"], name="pollvoter_waiting")]


class Tally(models.Model):
    """How often one box was ticked. Made beforehand, all rows of a poll are rewritten by every vote; `part` is a rater group."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tallies")
    part = models.CharField("测评人类别", max_length=80, blank=True)
    subject = models.PositiveSmallIntegerField("对象序号")
    question = models.CharField("问题", max_length=20)
    answer = models.CharField("选项", max_length=20)
    count = models.PositiveIntegerField("票数", default=0)

    class Meta:
        verbose_name = "票数"
        ordering = ("poll", "id")
        constraints = [
            models.UniqueConstraint(fields=["poll", "part", "subject", "question", "answer"], name="tally_once")
        ]


class PollPaper(models.Model):
    """Totals of the paper ballots, entered by one person and counted only once another has confirmed them."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="paper")
    ballots = models.PositiveIntegerField("收回张数")
    void = models.PositiveIntegerField("废票张数", default=0)
    # [subject, question, answer, count]
    counts = models.JSONField("各选项票数")
    state = models.CharField(
        "状态", max_length=20, default="entered", choices=[("entered", "已录入，待另一人核对"), ("confirmed", "已核对")]
    )
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入时间")
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        verbose_name = "纸质票合计"
