"""A month that was closed: the run that stands for good, the chain of seals, and the signed adjustments beside it."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class Seal(models.Model):
    """One link of a plant's chain. Whoever keeps the newest digest outside can tell whether anything before it changed."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField("号")
    kind = models.CharField(
        "封存", max_length=12, choices=[("month", "月度"), ("adjustment", "调整"), ("year", "年度")]
    )
    month = models.PositiveIntegerField("月份")
    algorithm = models.CharField("摘要算法", max_length=10)
    # {"tables": {name: {"rows": n, "digest": …}}, "files": {path: digest}, …}
    manifest = models.JSONField("封存清单")
    previous = models.CharField("前一摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "封存"
        ordering = ("plant", "number")
        constraints = [models.UniqueConstraint(fields=["plant", "number"], name="seal_number")]


class Closing(models.Model):
    """The close of a month: proposed by one, closed by another. `state`: proposed → closed, or withdrawn and proposed anew."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="closings")
    month = models.PositiveIntegerField("月份")
    state = models.CharField(
        "状态", max_length=10, choices=[("proposed", "待复核"), ("closed", "已关账"), ("withdrawn", "已撤回")]
    )
    run = models.ForeignKey("store.Run", models.PROTECT, related_name="closings")
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请于")
    closed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("关账于", null=True)
    seal = models.OneToOneField(Seal, models.PROTECT, null=True, related_name="closing")

    class Meta:
        verbose_name = "关账"
        ordering = ("plant", "-month")
        constraints = [models.UniqueConstraint(fields=["plant", "month"], name="closing_once")]


class Adjustment(models.Model):
    """What a closed month is worth after a late correction or an accepted appeal: beside the close, never instead of it."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="adjustments")
    number = models.PositiveSmallIntegerField("次")
    state = models.CharField(
        "状态", max_length=10, choices=[("proposed", "待复核"), ("approved", "已生效"), ("rejected", "不采纳")]
    )
    cause = models.CharField("起因", max_length=300)
    partitions = models.JSONField("事实分区摘要", default=dict)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出于")
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("复核于", null=True)
    why = models.CharField("复核意见", max_length=300, blank=True)
    seal = models.OneToOneField(Seal, models.PROTECT, null=True, related_name="adjustment")

    class Meta:
        verbose_name = "关账后调整"
        ordering = ("closing", "-number")
        constraints = [models.UniqueConstraint(fields=["closing", "number"], name="adjustment_number")]


class AdjustmentLine(models.Model):
    """One item of one branch: what stood before, what stands after, in hundredths; None where no points stand."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="lines")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="+")
    item = models.CharField("项", max_length=10)
    state_before = models.CharField("原状态", max_length=20)
    state_after = models.CharField("新状态", max_length=20)
    before = models.IntegerField("原得分", null=True)
    after = models.IntegerField("新得分", null=True)
    share = models.BigIntegerField("新得分比例（十亿分之一）", null=True)
    basis = models.JSONField("新依据", default=dict)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "调整项"
        ordering = ("adjustment", "body", "item")
        constraints = [models.UniqueConstraint(fields=["adjustment", "body", "item"], name="adjusted_item")]

    @property
    def state(self) -> str:
        """What stands now, called as a `Result` calls it: whoever reads a score reads the one or the other."""
        return self.state_after

    @property
    def won(self) -> int | None:
        return self.after


class AdjustmentTotal(models.Model):
    """One scale of one branch after the adjustment; the converted score before it beside it."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="totals")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="+")
    scale = models.CharField("百分", max_length=20)
    applicable = models.IntegerField("适用")
    available = models.IntegerField("已评")
    won = models.IntegerField("得分")
    before = models.IntegerField("原折算", null=True)
    converted = models.IntegerField("折算", null=True)
    grade_before = models.CharField("原评级", max_length=20, blank=True)
    grade = models.CharField("评级", max_length=20, blank=True)
    vetoed = models.BooleanField("否决", default=False)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "调整后合计"
        ordering = ("adjustment", "body", "scale")
        constraints = [models.UniqueConstraint(fields=["adjustment", "body", "scale"], name="adjusted_scale")]


class Ruling(models.Model):
    """What an accepted appeal decided of one item: the points that stand instead, signed by a second person."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="rulings")
    month = models.PositiveIntegerField("月份")
    item = models.CharField("项", max_length=10)
    case = models.ForeignKey("store.Case", models.PROTECT, related_name="rulings")
    won = models.IntegerField("改判得分", null=True)
    ground = models.CharField("依据", max_length=400)
    state = models.CharField(
        "状态", max_length=10, choices=[("entered", "待签认"), ("signed", "已签认"), ("withdrawn", "已撤回")]
    )
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入于")
    signed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签认于", null=True)

    class Meta:
        verbose_name = "申诉改判"
        ordering = ("month", "body", "item")
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="ruling_once")]
