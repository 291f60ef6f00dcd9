"""1151 双提升 (S1-45): what a member promised for a year, the five figures of each month, and how he stands beside his own baseline."""

from django.db import models


class LiftPlan(models.Model):
    """1 张清单: one goal of ability, one of results; 1 名导师. Agreed by somebody of his branch who is not he."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="lift_plans")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="lift_plans")
    year = models.PositiveSmallIntegerField("年度")
    ability = models.CharField("能力目标", max_length=200)
    results = models.CharField("业绩目标", max_length=200)
    mentor = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="lift_mentees")
    state = models.CharField(
        "状态", max_length=10, default="proposed", choices=[("proposed", "待商定"), ("agreed", "已商定")]
    )
    proposed_at = models.DateTimeField("提出于")
    agreed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField("商定于", null=True)

    class Meta:
        verbose_name = "双提升承诺清单"
        ordering = ("-year", "person")
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="liftplan_once")]
        indexes = [models.Index(fields=["body", "year", "state"], name="liftplan_body")]


class LiftNote(models.Model):
    """The quarter's word of mentor or branch on a plan: what rose, what lags, what comes next. No number."""

    plan = models.ForeignKey(LiftPlan, models.CASCADE, related_name="notes")
    quarter = models.CharField("季度", max_length=7)
    text = models.CharField("点评", max_length=500)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("写于")

    class Meta:
        verbose_name = "双提升季度点评"
        ordering = ("plan", "quarter")
        constraints = [models.UniqueConstraint(fields=["plan", "quarter"], name="liftnote_once")]


class LiftMonth(models.Model):
    """One dimension of one member in a month, hundredths of 0–100; empty is missing, never 0. What somebody entered by hand
    counts once another has signed it."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="lift_months")
    month = models.PositiveIntegerField("月份")
    dimension = models.CharField("维度", max_length=20)
    figure_h = models.PositiveIntegerField("数（百分之一）", null=True)
    ground = models.CharField("依据", max_length=300)
    state = models.CharField(
        "状态",
        max_length=10,
        default="computed",
        choices=[("computed", "由记录算出"), ("entered", "已填，待签认"), ("signed", "已签认")],
    )
    entered_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "双提升月度数"
        ordering = ("person", "month", "dimension")
        constraints = [models.UniqueConstraint(fields=["person", "month", "dimension"], name="liftmonth_once")]
        indexes = [models.Index(fields=["month", "state"], name="liftmonth_state")]


class LiftStand(models.Model):
    """What the five figures came to: both axes, their change since the baseline, and whether neither fell (item C2)."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="lift_stands")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="lift_stands")
    month = models.PositiveIntegerField("月份")
    x_h = models.PositiveIntegerField("能力素养", null=True)
    y_h = models.PositiveIntegerField("业绩", null=True)
    dx_h = models.IntegerField("能力素养变化", null=True)
    dy_h = models.IntegerField("业绩变化", null=True)
    index_h = models.PositiveIntegerField("指数", null=True)
    quadrant = models.CharField("象限", max_length=10)
    state = models.CharField(
        "达标",
        max_length=10,
        choices=[("reached", "两轴都不低于基线"), ("short", "有一轴低于基线"), ("open", "还不能比较")],
    )

    class Meta:
        verbose_name = "双提升月度情况"
        ordering = ("person", "month")
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="liftstand_once")]
        indexes = [models.Index(fields=["month", "body", "state"], name="liftstand_month")]
