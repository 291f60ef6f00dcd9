"""Party campaigns made from a kit: what is to be reached, what each body is to do by when, and what happened on the field."""

from django.db import models


class CampaignState(models.TextChoices):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已总结"
    DROPPED = "dropped", "取消"


class PartyCampaign(models.Model):
    """`kit` is a code of packs/base/kits.yaml; the goals are indicators and words, the tasks are rows of their own."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="campaigns")
    kit = models.CharField("套餐", max_length=30)
    title = models.CharField("名称", max_length=120)
    # who runs it, and where: a branch or what stands above it, and the unit whose figures are watched
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="campaigns")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="campaigns")
    first_on = models.DateField("首日")
    last_on = models.DateField("末日")
    goal = models.CharField("目标", max_length=500)
    # [{"indicator": "SM-01", "aim": "31000"}]
    aims = models.JSONField("目标指标", default=list)
    # a competition counted beside it (立功竞赛, 开门红)
    contest = models.ForeignKey("store.Contest", models.SET_NULL, null=True, blank=True, related_name="campaigns")
    state = models.CharField("状态", max_length=10, choices=CampaignState, default=CampaignState.OPEN)
    opened_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("发起于")
    report = models.TextField("总结", blank=True)
    closed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("总结于", null=True, blank=True)

    class Meta:
        verbose_name = "活动"
        ordering = ("-first_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="campaign_forward"),
        ]
        indexes = [models.Index(fields=["plant", "state", "last_on"], name="campaign_due")]


class CampaignTask(models.Model):
    """One thing to be done by one day. Of a safety kit an undone one costs the branch a point (item E5)."""

    campaign = models.ForeignKey(PartyCampaign, models.CASCADE, related_name="tasks")
    # pledge, lesson, hazards, drill, review, task: what has to be written to report it done
    kind = models.CharField("类型", max_length=12)
    title = models.CharField("任务", max_length=120)
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="campaign_tasks")
    duty = models.CharField("职责", max_length=200, blank=True)
    due_on = models.DateField("期限")
    counts = models.BooleanField("计入安全套餐考核", default=False)
    state = models.CharField(
        "状态",
        max_length=10,
        default="open",
        choices=[("open", "未完成"), ("done", "已完成，待检查"), ("checked", "已检查"), ("dropped", "取消")],
    )
    words = models.CharField("完成情况", max_length=500, blank=True)
    # people who took part or signed, a number and no names
    people = models.PositiveIntegerField("人数", null=True)
    # of a drill: what went wrong in it, which is reviewed
    review = models.CharField("讲评与改进", max_length=500, blank=True)
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    done_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    done_on = models.DateField("完成日", null=True)
    checked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    remark = models.CharField("检查意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "活动任务"
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["body", "state", "due_on"], name="campaigntask_due")]


class FieldEntry(models.Model):
    """A line of the field log: a pledge signed, a merit seen, a word of the day. A merit is confirmed by another person."""

    campaign = models.ForeignKey(PartyCampaign, models.CASCADE, related_name="entries")
    kind = models.CharField(
        "类型", max_length=10, choices=[("pledge", "承诺"), ("merit", "立功"), ("note", "现场记事")]
    )
    day = models.DateField("日期")
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("内容", max_length=300)
    state = models.CharField(
        "状态",
        max_length=10,
        default="told",
        choices=[("told", "已记"), ("confirmed", "已确认"), ("refused", "未确认")],
    )
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    # "pledge:<person>" of a pledge; empty (null) of everything that may be told twice
    once = models.CharField(max_length=40, null=True, blank=True)

    class Meta:
        verbose_name = "现场记录"
        ordering = ("-day", "-pk")
        constraints = [models.UniqueConstraint(fields=["campaign", "once"], name="pledge_once")]
