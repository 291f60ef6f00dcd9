"""目标树: goals of a year from the plant down to a member's duty. Where the records hold the figure, nobody reports it."""

from django.db import models


class GoalState(models.TextChoices):
    OPEN = "open", "在办"
    TOLD = "told", "已报结果，待核"
    REACHED = "reached", "已达到"
    MISSED = "missed", "没有达到"
    DROPPED = "dropped", "已撤下"


class Goal(models.Model):
    """A goal of a body, or of one of its members; `indicator` and `unit` name the row of the indicator plan it speaks of."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="goals")
    year = models.PositiveSmallIntegerField("年度")
    # 1, 1.2, 1.2.1: as people number their plan
    code = models.CharField("编号", max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="goals")
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="goals")
    title = models.CharField("目标", max_length=160)
    theme = models.ForeignKey("store.Theme", models.PROTECT, null=True, blank=True, related_name="goals")
    # one of 三抓三要, a code of packs/base/annual.yaml
    grip = models.CharField("三抓三要", max_length=20)
    # per cent of the goal above
    weight = models.PositiveSmallIntegerField("权重%", null=True, blank=True)
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="goals")
    indicator = models.CharField("指标", max_length=40, blank=True)
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, choices=GoalState, default=GoalState.OPEN)
    # what came of it, told by one and judged by another
    words = models.CharField("结果", max_length=300, blank=True)
    told_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    judged_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("撤下或退回的理由", max_length=200, blank=True)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField("定于")

    class Meta:
        verbose_name = "年度目标"
        ordering = ("year", "id")
        constraints = [models.UniqueConstraint(fields=["plant", "year", "code"], name="goal_code")]
        indexes = [models.Index(fields=["body", "year"], name="goal_body")]
