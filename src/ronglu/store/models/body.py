"""Party bodies: 党委, 党总支, 党支部, 党小组, each with a dated name, kind and superior."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class BodyKind(models.TextChoices):
    COMMITTEE = "committee", "党委"
    GENERAL = "general", "党总支"
    BRANCH = "branch", "党支部"
    JOINT = "joint", "联合党支部"
    GROUP = "group", "党小组"


class Body(models.Model):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="bodies")
    code = models.CharField("编码", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)
    # office and retired branches have no line: their D items are not applicable
    kindred = models.CharField(
        "类别",
        max_length=20,
        default="line",
        choices=[
            ("line", "生产"),
            ("office", "机关"),
            ("retired", "离退休"),
            ("service", "辅助"),
        ],
    )

    class Meta:
        verbose_name = "党组织"
        ordering = ("plant", "position", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="body_code")]

    def __str__(self) -> str:
        return self.code


class BodyState(Dated):
    """What a body was called, of which kind it was and under whom it stood, from a day on."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="states")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=20, choices=BodyKind)
    parent = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="child_states")
    # approval records that some R-ORG rules ask for
    approval = models.CharField("上级批复", max_length=200, blank=True)
    term_ends_on = models.DateField("任期届满", null=True, blank=True)

    class Meta:
        verbose_name = "党组织沿革"
        ordering = ("body", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["body", "from_on"], name="bodystate_once"),
            ordered_dates("bodystate"),
        ]


class Succession(models.Model):
    """One body came out of another: by merging, splitting."""

    before = models.ForeignKey(Body, models.PROTECT, related_name="went_into")
    after = models.ForeignKey(Body, models.PROTECT, related_name="came_from")
    on = models.DateField("日期")
    kind = models.CharField("方式", max_length=20, choices=[("merge", "合并"), ("split", "拆分")])

    class Meta:
        verbose_name = "党组织承继"
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="succession_once")]
