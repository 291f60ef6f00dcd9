"""主题: what a plant puts its year under: annual themes, campaigns for reform, fields of improvement, plans it follows."""

from django.db import models


class ThemeKind(models.TextChoices):
    YEAR = "year", "年度主题"
    CAMPAIGN = "campaign", "专项主题"
    FIELD = "field", "攻坚领域"
    SOURCE = "source", "规划来源"


class Theme(models.Model):
    """It holds from the first to the last of its years; what hangs under it names it, nothing is copied."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="themes")
    # the entry of packs/base/annual.yaml it was taken from; empty for a plant's own
    code = models.CharField("代码", max_length=30, blank=True)
    kind = models.CharField("类型", max_length=10, choices=ThemeKind)
    name = models.CharField("名称", max_length=80)
    # who set it
    level = models.CharField(
        "层级", max_length=10, default="plant", choices=[("group", "央企"), ("company", "集团公司"), ("plant", "本厂")]
    )
    first_year = models.PositiveSmallIntegerField("首年")
    last_year = models.PositiveSmallIntegerField("末年")
    source = models.CharField("出处", max_length=160, blank=True)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "计划主题"
        ordering = ("first_year", "id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "name", "first_year"], name="theme_once"),
            models.CheckConstraint(condition=models.Q(last_year__gte=models.F("first_year")), name="theme_forward"),
        ]
