"""Zone rounds (巡查): the checklists of a plant by class and version, what is due in which zone, and what was found."""

from django.db import models

from ronglu.store.models.zone import WorkClass


class Checklist(models.Model):
    """One version of the lines of a class, in force from a day on; a round keeps the version it was planned with."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="checklists")
    work_class = models.CharField("类别", max_length=10, choices=WorkClass)
    version = models.PositiveSmallIntegerField("版本")
    from_on = models.DateField("起")
    cadence = models.CharField("周期", max_length=5, choices=[("week", "每周"), ("month", "每月")])
    lines = models.JSONField("检查项", default=list)

    class Meta:
        verbose_name = "检查表"
        ordering = ("plant", "work_class", "version")
        constraints = [models.UniqueConstraint(fields=["plant", "work_class", "version"], name="checklist_version")]


class Round(models.Model):
    """`who` walked it; until it is done it is everybody's who owns the zone that day."""

    zone = models.ForeignKey("store.Zone", models.PROTECT, related_name="rounds")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="rounds")
    work_class = models.CharField("类别", max_length=10, choices=WorkClass)
    due_on = models.DateField("到期日", db_index=True)
    state = models.CharField(
        "状态",
        max_length=10,
        default="due",
        choices=[("due", "待巡查"), ("done", "已巡查"), ("cancelled", "已取消")],
    )
    who = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="rounds")
    done_at = models.DateTimeField("巡查于", null=True, blank=True)

    class Meta:
        verbose_name = "巡查"
        ordering = ("due_on", "zone", "work_class")
        constraints = [models.UniqueConstraint(fields=["zone", "work_class", "due_on"], name="round_once")]
        indexes = [models.Index(fields=["state", "due_on"], name="round_state_due")]


class RoundAnswer(models.Model):
    """The answer to one line (numbered from 1); `raised` is the number of the case that a finding became."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    line = models.PositiveSmallIntegerField("第几项")
    answer = models.CharField(
        "结果", max_length=15, choices=[("ok", "正常"), ("finding", "有问题"), ("not_applicable", "不适用")]
    )
    words = models.CharField("说明", max_length=500, blank=True)
    raised = models.CharField("转为事项", max_length=40, blank=True)

    class Meta:
        verbose_name = "巡查结果"
        ordering = ("round", "line")
        constraints = [models.UniqueConstraint(fields=["round", "line"], name="roundanswer_once")]
