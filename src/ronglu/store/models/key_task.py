"""重点任务: a task of the year with two responsible, one of the Party and one of the line, and eight joint stages (八同)."""

from django.db import models


class KeyTaskState(models.TextChoices):
    OPEN = "open", "推进中"
    DONE = "done", "八同走完"
    DROPPED = "dropped", "已撤销"


class KeyTask(models.Model):
    """Of one branch, so that what is missing is some branch's; the two responsible are two people."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="key_tasks")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="key_tasks")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="key_tasks")
    title = models.CharField("重点任务", max_length=160)
    theme = models.ForeignKey("store.Theme", models.PROTECT, null=True, blank=True, related_name="key_tasks")
    goal = models.ForeignKey("store.Goal", models.PROTECT, null=True, blank=True, related_name="key_tasks")
    grip = models.CharField("三抓三要", max_length=20)
    party = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    line = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    first_on = models.DateField("起")
    last_on = models.DateField("止")
    state = models.CharField("状态", max_length=10, choices=KeyTaskState, default=KeyTaskState.OPEN)
    reason = models.CharField("撤销的理由", max_length=200, blank=True)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField("立项于")

    class Meta:
        verbose_name = "重点任务"
        ordering = ("last_on", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="keytask_forward"),
            models.CheckConstraint(condition=~models.Q(party=models.F("line")), name="keytask_two_people"),
        ]
        indexes = [models.Index(fields=["plant", "state", "last_on"], name="keytask_due")]


class KeyTaskStage(models.Model):
    """One of the eight (kernel/annual/joint.Joint), its day, and who confirmed it for each side when."""

    task = models.ForeignKey(KeyTask, models.CASCADE, related_name="stages")
    no = models.PositiveSmallIntegerField("序号")
    stage = models.CharField("环节", max_length=10)
    due_on = models.DateField("期限")
    # taken off before its day, with the task
    dropped = models.BooleanField("已撤销", default=False)
    party_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    party_on = models.DateField("党务确认日", null=True, blank=True)
    line_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    line_on = models.DateField("行政确认日", null=True, blank=True)
    # where it was done, if in a meeting: its minutes say the rest
    gathering = models.ForeignKey("store.Gathering", models.PROTECT, null=True, blank=True, related_name="joint_stages")
    # or the case in which it was done
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "八同环节"
        ordering = ("no",)
        constraints = [models.UniqueConstraint(fields=["task", "stage"], name="keytaskstage_once")]
        indexes = [models.Index(fields=["due_on"], name="keytaskstage_due")]
