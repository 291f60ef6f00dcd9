"""The ledger of what came out: golden ideas, innovations, incubations, topics, patents, lean measures, awards and other results."""

from django.db import models


class Achievement(models.Model):
    """Of a body and a unit, never of a person; it counts once a second person has found the effect to be true.

    An award says who gave it and by which document, and needs no problem, solution, application or effect.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="achievements")
    kind = models.CharField(
        "类型",
        max_length=20,
        choices=[
            ("idea", "金点子"),
            ("innovation", "技术创新成果"),
            ("incubation", "科研孵化"),
            ("topic", "攻关立题"),
            ("patent", "专利"),
            ("result", "攻关改善成果"),
            ("lean", "精益化管理举措"),
            ("award", "获奖"),
        ],
    )
    title = models.CharField("名称", max_length=120)
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="achievements")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="achievements")
    day = models.DateField("形成日期")
    problem = models.TextField("解决什么问题")
    solution = models.TextField("怎样解决")
    application = models.TextField("用在哪里")
    effect = models.TextField("效果")
    # of an award: codes of packs/base/awards.yaml, who gave it, the document, and the team it went to, if one
    level = models.CharField("级别", max_length=20, blank=True)
    prize = models.CharField("奖项", max_length=20, blank=True)
    organ = models.CharField("授奖单位", max_length=80, blank=True)
    paper = models.CharField("文号或证书号", max_length=80, blank=True)
    team = models.ForeignKey("store.Team", models.PROTECT, null=True, blank=True, related_name="awards")
    # the idea, challenge or project it came out of
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="achievements")
    state = models.CharField(
        "状态",
        max_length=20,
        default="recorded",
        choices=[
            ("recorded", "待核实"),
            ("verified", "已核实"),
            ("rejected", "核实不通过"),
        ],
    )
    verdict = models.TextField("核实意见", blank=True)
    recorded_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    verified_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "成果"
        ordering = ("-day", "-id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "kind", "title", "level", "paper"], name="achievement_once")
        ]
        indexes = [models.Index(fields=["plant", "day", "kind"], name="achievement_day")]
