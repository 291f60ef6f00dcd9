"""Party score × administrative score: the schemes by their dates, and what each month or quarter came to for a post-holder."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class LinkState(models.TextChoices):
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "不采纳"


class LinkScheme(models.Model):
    """In force from a month until the next approved one begins. The model's declaration is kept whole, so history replays."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="link_schemes")
    number = models.PositiveSmallIntegerField("号")
    from_month = models.PositiveIntegerField("起用月")
    grain = models.CharField("按", max_length=10, choices=[("month", "月"), ("quarter", "季度")])
    # whom it is for: one role, at units of one kind or at branches
    role = models.CharField("职务", max_length=40)
    place = models.CharField("在", max_length=20, choices=[("workshop", "车间"), ("branch", "党支部")])
    model = models.CharField("模型", max_length=10)
    declaration = models.JSONField("模型内容")
    params = models.JSONField("参数", default=dict)
    # input of the model → where its number comes from; no source twice, and never both administrative ones
    sources = models.JSONField("取数")
    document = models.CharField("文号", max_length=60)
    title = models.CharField("文件名称", max_length=120)
    dated_on = models.DateField("文件日期")
    state = models.CharField("状态", max_length=10, choices=LinkState, default=LinkState.PROPOSED)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请于")
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定于", null=True)
    why = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "联动办法"
        ordering = ("plant", "-from_month", "-number")
        constraints = [models.UniqueConstraint(fields=["plant", "number"], name="linkscheme_number")]

    def __str__(self) -> str:
        return f"{self.document}《{self.title}》"


class LinkResult(models.Model):
    """One person's month or quarter under a scheme. A later result stands beside the earlier one, with the difference.

    `inputs`: [{code, label, unit, value, source, text, parts: [{kind, key, code, name, month, days, score}]}].
    """

    scheme = models.ForeignKey(LinkScheme, models.PROTECT, related_name="results")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="link_results")
    # where he served most days of the period: exactly one of both
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, related_name="link_results")
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, related_name="link_results")
    period = models.CharField("时段", max_length=10)
    number = models.PositiveSmallIntegerField("次", default=1)
    inputs = models.JSONField("取数", default=list)
    # [[label, expression, value], …]
    steps = models.JSONField("步骤", default=list)
    unrounded = models.CharField("未舍入", max_length=80, blank=True)
    value_h = models.IntegerField("联动分（百分之一）", null=True)
    coefficient_tt = models.IntegerField("系数（万分之一）", null=True)
    reason = models.CharField("暂不联动的原因", max_length=300, blank=True)
    # what the party side rests on; none where a scheme reads no month of this system
    closing = models.ForeignKey("store.Closing", models.PROTECT, null=True, related_name="link_results")
    adjustment = models.ForeignKey("store.Adjustment", models.PROTECT, null=True, related_name="link_results")
    # against the result before it; None in the first one, and where one of both is 暂不联动
    value_moved_h = models.IntegerField("联动分差", null=True)
    coefficient_moved_tt = models.IntegerField("系数差", null=True)
    at = models.DateTimeField("计算于")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "联动结果"
        ordering = ("period", "person", "number")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "person", "period", "number"], name="linkresult_once"),
            models.CheckConstraint(
                condition=models.Q(unit=None, body__isnull=False) | models.Q(unit__isnull=False, body=None),
                name="linkresult_at_one_place",
            ),
        ]
        indexes = [models.Index(fields=["person", "period"], name="linkresult_person")]
