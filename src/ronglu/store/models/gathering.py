"""组织生活: a meeting of a party body or a team, from its place in the plan to the minutes that close it.

Who came is a fact about the meeting being whole. No table here has a column for points, and nothing asks for a photograph.
"""

from django.db import models


class GatheringState(models.TextChoices):
    PLANNED = "planned", "已排定"
    CALLED = "called", "已通知"
    OPEN = "open", "开会中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "未召开"


class Gathering(models.Model):
    """`kind` and `guide` name the guide and its version that it was held by; the rules read kind, day, due and present.

    `data` is what only some kinds have, as the guide's inputs declare it: speaker, steps, ratings (numbers, never names), hours.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="gatherings")
    # whose meeting it is: a party body, or a team (攻关组) of it
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="gatherings")
    team = models.ForeignKey("store.Team", models.PROTECT, null=True, blank=True, related_name="gatherings")
    kind = models.CharField("类型", max_length=40)
    guide = models.PositiveIntegerField("指导书版本", default=0)
    title = models.CharField("名称", max_length=120)
    state = models.CharField("状态", max_length=12, choices=GatheringState, default=GatheringState.PLANNED)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    venue = models.ForeignKey("store.Venue", models.PROTECT, null=True, blank=True, related_name="gatherings")
    place = models.CharField("地点", max_length=80, blank=True)
    convener = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    # secretary, leader, or delegated: charged with it by the one in charge
    convened_as = models.CharField("召集人身份", max_length=20, blank=True)
    recorder = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due = models.PositiveSmallIntegerField("应到", default=0)
    present = models.PositiveSmallIntegerField("实到", default=0)
    # why people were called in on their rest day, where they were
    called_in = models.CharField("休息日叫人的理由", max_length=120, blank=True)
    makeup_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="makeups")
    data = models.JSONField("各类型的内容", default=dict, blank=True)
    # 列席 from outside: [{"code", "count"}] by the list of packs/base/guides.yaml, never a name; those of the plant are in `people`
    guests = models.JSONField("列席", default=list, blank=True)
    reason = models.CharField("未召开的理由", max_length=200, blank=True)
    made_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField("排定于")
    opened_at = models.DateTimeField("开会于", null=True, blank=True)
    closed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("办结于", null=True, blank=True)

    class Meta:
        verbose_name = "会议"
        ordering = ("starts_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_in_order")
        ]
        indexes = [
            models.Index(fields=["plant", "starts_at"], name="gathering_day"),
            models.Index(fields=["body", "kind", "starts_at"], name="gathering_body"),
            models.Index(fields=["state", "starts_at"], name="gathering_state"),
        ]


class GatheringPerson(models.Model):
    """One who is due or who came besides; `mark` stays empty until the meeting is held."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="people")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    due = models.BooleanField("应到", default=True)
    voting = models.BooleanField("有表决权", default=False)
    mark = models.CharField(
        "到会", max_length=10, blank=True, choices=[("present", "到会"), ("away", "未到"), ("makeup", "补课")]
    )
    reason = models.CharField("未到原因", max_length=80, blank=True)

    class Meta:
        verbose_name = "到会情况"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="gatheringperson_once")]
        indexes = [models.Index(fields=["person", "gathering"], name="gatheringperson_person")]


class AgendaRow(models.Model):
    """A line of the agenda: what the records laid before the meeting (`source`), and what was said to it (`said`)."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="agenda")
    no = models.PositiveSmallIntegerField("序号")
    # the block of the guide, and what kind of item it is: study, report, discuss, share, decide, assign
    block = models.CharField("环节", max_length=40)
    kind = models.CharField("形式", max_length=12)
    title = models.CharField("内容", max_length=200)
    # where the line comes from: "", case, indicator, document, matter, study, resolution
    source = models.CharField("来源", max_length=20, blank=True)
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("store.Document", models.PROTECT, null=True, blank=True, related_name="agenda")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.CharField("指标", max_length=40, blank=True)
    # the figures as they stood when the line was filled in: 进度, 差距, 措施
    figures = models.JSONField("数据", default=dict, blank=True)
    # a discussion belongs to what was studied, a work item to the discussion
    about = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed")
    said = models.TextField("会上讲的", blank=True)

    class Meta:
        verbose_name = "议程"
        ordering = ("no", "id")


class Resolution(models.Model):
    """What was decided: a meeting does not close while one has no owner or no date; closing makes a case of each."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="resolutions")
    no = models.PositiveSmallIntegerField("序号")
    text = models.CharField("决议", max_length=300)
    owner = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("期限", null=True, blank=True)
    about = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="resolutions")
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "决议"
        ordering = ("no", "id")


class MeetingVote(models.Model):
    """A vote: counts alone, also where it was open. A secret one is cast in a poll, of which the numbers come here."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="votes")
    no = models.PositiveSmallIntegerField("序号")
    kind = models.CharField(
        "类型", max_length=12, choices=[("decision", "表决"), ("election", "选举"), ("appraisal", "民主测评")]
    )
    title = models.CharField("事项", max_length=160)
    secret = models.BooleanField("无记名", default=False)
    due = models.PositiveSmallIntegerField("应到有表决权")
    voting = models.PositiveSmallIntegerField("实到有表决权")
    favour = models.PositiveSmallIntegerField("赞成", default=0)
    against = models.PositiveSmallIntegerField("反对", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    poll = models.ForeignKey("store.Poll", models.PROTECT, null=True, blank=True, related_name="+")
    # the big item that the committee discussed before the assembly decides it
    discussed_in = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "表决"
        ordering = ("no", "id")
