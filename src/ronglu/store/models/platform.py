"""党建平台: the registry of platforms with owner, rule, output and cadence, and each time one was used."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Platform(Dated):
    """`posts`: the kinds of posts it reaches, codes of kernel/annual/platform.PostKind."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="platforms")
    # the entry of packs/base/annual.yaml it was taken from; empty for a plant's own
    code = models.CharField("代码", max_length=30, blank=True)
    category = models.CharField("类别", max_length=20)
    name = models.CharField("名称", max_length=60)
    owner = models.ForeignKey("store.Person", models.PROTECT, related_name="platforms")
    rule = models.CharField("规则", max_length=300)
    output = models.CharField("产出", max_length=160)
    rhythm = models.CharField(
        "频次",
        max_length=10,
        choices=[
            ("week", "每周"),
            ("month", "每月"),
            ("quarter", "每季"),
            ("half", "每半年"),
            ("year", "每年"),
            ("need", "按需"),
        ],
    )
    posts = models.JSONField("覆盖岗位", default=list)
    grip = models.CharField("三抓三要", max_length=20)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "党建平台"
        ordering = ("category", "id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "name", "from_on"], name="platform_once"),
            ordered_dates("platform"),
        ]


class PlatformUse(models.Model):
    """One use of a platform by a body, and what came out of it; a meeting held on it says the rest itself."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="uses")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="platform_uses")
    day = models.DateField("日期")
    output = models.CharField("产出", max_length=160)
    gathering = models.ForeignKey(
        "store.Gathering", models.PROTECT, null=True, blank=True, related_name="platform_uses"
    )
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "平台活动"
        ordering = ("-day", "-id")
        indexes = [models.Index(fields=["body", "day"], name="platformuse_body")]
