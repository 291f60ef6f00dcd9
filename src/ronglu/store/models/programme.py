"""专题与行动: themed education, an action with a task ledger over years, or something standing without an end; all of it by branch."""

from django.db import models


class ProgrammeState(models.TextChoices):
    OPEN = "open", "正在开展"
    CLOSED = "closed", "已收官"


class Programme(models.Model):
    """`seed` is a code of packs/base/annual.yaml; what is standing has no last day."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="programmes")
    seed = models.CharField("样式", max_length=30)
    kind = models.CharField(
        "性质", max_length=10, choices=[("education", "专题教育"), ("ledger", "行动方案"), ("standing", "常态化")]
    )
    title = models.CharField("名称", max_length=120)
    theme = models.ForeignKey("store.Theme", models.PROTECT, null=True, blank=True, related_name="programmes")
    grip = models.CharField("三抓三要", max_length=20)
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="programmes")
    first_on = models.DateField("起")
    last_on = models.DateField("止", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ProgrammeState, default=ProgrammeState.OPEN)
    report = models.TextField("总结", blank=True)
    opened_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("发起于")
    closed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("收官于", null=True, blank=True)

    class Meta:
        verbose_name = "专题与行动"
        ordering = ("-first_on", "-id")


class ProgrammeStage(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="stages")
    no = models.PositiveSmallIntegerField("序号")
    title = models.CharField("阶段", max_length=60)
    first_on = models.DateField("起")
    last_on = models.DateField("止")

    class Meta:
        verbose_name = "专题阶段"
        ordering = ("no",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "no"], name="programmestage_once"),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="programmestage_forward"
            ),
        ]


class ProgrammeTask(models.Model):
    """What one body has to do by one day; its evidence is a meeting or a case that the records hold, else a sentence."""

    stage = models.ForeignKey(ProgrammeStage, models.CASCADE, related_name="tasks")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="programme_tasks")
    title = models.CharField("任务", max_length=160)
    due_on = models.DateField("期限")
    state = models.CharField(
        "状态",
        max_length=10,
        default="open",
        choices=[("open", "未完成"), ("done", "已完成，待检查"), ("checked", "已检查"), ("dropped", "取消")],
    )
    words = models.CharField("完成情况", max_length=300, blank=True)
    gathering = models.ForeignKey(
        "store.Gathering", models.PROTECT, null=True, blank=True, related_name="programme_tasks"
    )
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    done_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField("完成日", null=True, blank=True)
    checked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("检查意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "专题任务"
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["body", "state", "due_on"], name="programmetask_due")]
