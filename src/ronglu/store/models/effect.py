"""有没有成效: a question about one indicator of one unit over a span of days, what the worker found, and what is worth a word."""

from django.db import models

from ronglu.kernel.measure.effect import Word
from ronglu.store.models.dated import Dated, ordered_dates


class EffectState(models.TextChoices):
    REGISTERED = "registered", "已登记，未到期"
    QUEUED = "queued", "正在判"
    JUDGED = "judged", "已判"
    FAILED = "failed", "没有算成"


class Effect(models.Model):
    """What is asked never changes after it was registered: a window moved to where it looks good proves nothing.

    `result` is written by tasks/effects, every number in it a text; `subject` is a case's number or a contest's key.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="effects")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="effects")
    indicator = models.CharField("指标", max_length=40)
    title = models.CharField("做了什么", max_length=120)
    kind = models.CharField(
        "来由",
        max_length=10,
        choices=[("plain", "单独登记"), ("case", "事项"), ("contest", "竞赛"), ("campaign", "活动")],
        default="plain",
    )
    subject = models.CharField("来由编号", max_length=40, blank=True)
    from_on = models.DateField("开始")
    until_on = models.DateField("结束次日")
    # sister lines where nothing was begun (keys of units), and indicators that are not the measure's doing (feed grade)
    controls = models.JSONField("对照产线", default=list)
    covariates = models.JSONField("一并考虑", default=list)
    weekday = models.CharField("星期", max_length=10, choices=[("no", "不分"), ("yes", "分星期几")], default="no")
    # frozen at registration: in the indicator's unit, or a share of the usual level ("2%"); empty in rows older than that rule
    smallest = models.CharField("值得一提的变化", max_length=40, blank=True)
    smallest_from = models.CharField(
        "由谁定",
        max_length=10,
        choices=[("own", "登记时写明"), ("plant", "本厂规定"), ("usual", "系统默认，可修改")],
        default="usual",
    )
    registered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("登记于")
    state = models.CharField("状态", max_length=12, choices=EffectState, default=EffectState.REGISTERED)
    word = models.CharField("结论", max_length=10, choices=[(one.value, one.label) for one in Word], blank=True)
    result = models.JSONField("依据", default=dict)
    judged_at = models.DateTimeField("判于", null=True)

    class Meta:
        verbose_name = "成效判断"
        ordering = ("-from_on", "-pk")
        constraints = [
            ordered_dates("effect"),
            models.UniqueConstraint(fields=["unit", "indicator", "title", "from_on", "until_on"], name="effect_once"),
        ]
        indexes = [
            models.Index(fields=["plant", "state", "until_on"], name="effect_due"),
            models.Index(fields=["plant", "kind", "subject"], name="effect_subject"),
        ]

    @property
    def beforehand(self) -> bool:
        """Whether it was registered before it began; what is chosen afterwards says so wherever it is shown."""
        return self.registered_at.date() < self.from_on


class EffectFloor(Dated):
    """The smallest change of an indicator that a plant finds worth speaking of, from a day on; always set for days to come."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="effect_floors")
    indicator = models.CharField("指标", max_length=40)
    change = models.CharField("值得一提的变化", max_length=40)
    reason = models.CharField("依据", max_length=200)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设于")

    class Meta:
        verbose_name = "值得一提的变化"
        ordering = ("indicator", "-from_on")
        constraints = [
            ordered_dates("effectfloor"),
            models.UniqueConstraint(fields=["plant", "indicator", "from_on"], name="effectfloor_once"),
        ]
