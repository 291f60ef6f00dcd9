"""交接班: what one crew left to the next at the end of a shift: the figures as known then, why, what now; two persons."""

from django.db import models


class Won(models.TextChoices):
    """The shift against its own part of the plan; without readings nobody says which."""

    WON = "won", "赢"
    LOST = "lost", "欠"
    MISSING = "missing", "缺数，未判"
    UNPLANNED = "unplanned", "没有计划"


class HandoverState(models.TextChoices):
    GIVEN = "given", "待接班"
    TAKEN = "taken", "已接班"


class Handover(models.Model):
    """One a line and shift. Figures are text, exact, as they stood when it was given; what came later stands in the boards."""

    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="handovers")
    day = models.DateField("生产日")
    shift_no = models.PositiveSmallIntegerField("班次")
    letter = models.CharField("交班班别", max_length=10, blank=True)
    indicator = models.CharField("指标", max_length=40, blank=True)
    plan = models.CharField("本班计划", max_length=40, blank=True)
    actual = models.CharField("本班实际", max_length=40, blank=True)
    won = models.CharField("赢欠", max_length=10, choices=Won)
    # a code of packs/base/stops.yaml; empty where there was nothing to explain
    reason = models.CharField("原因", max_length=40, blank=True)
    words = models.CharField("交待", max_length=300, blank=True)
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=HandoverState, default=HandoverState.GIVEN)
    given_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    given_at = models.DateTimeField("交于")
    taken_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField("接于", null=True, blank=True)
    # of a draft that a terminal may send twice; empty (null) from a desk
    sent_key = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "交接班"
        ordering = ("-day", "-shift_no", "unit")
        constraints = [models.UniqueConstraint(fields=["unit", "day", "shift_no"], name="handover_once")]
        indexes = [models.Index(fields=["day", "unit"], name="handover_day")]
