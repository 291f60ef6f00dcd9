"""生产简报: what was told of a day or a month, kept as it was told; and the sentences a plant tells it in."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class BriefState(models.TextChoices):
    MADE = "made", "待签发"
    ISSUED = "issued", "已签发"
    REPLACED = "replaced", "已被新的代替"


class Brief(models.Model):
    """Made anew it is a row more, with the next number: what was once issued stays readable as it was.

    `data`: facts (topic, condition, slots), the sentences as they were said and in which version, the figures each with
    where it comes from, the charts; every number in it is a text.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="briefs")
    grain = models.CharField("粒度", max_length=10, choices=[("day", "日报"), ("month", "月报")])
    # a Period's text: 2026-03-20 or 2026-03
    period = models.CharField("时段", max_length=10)
    version = models.PositiveSmallIntegerField("第几次")
    data = models.JSONField("内容")
    digest = models.CharField("内容指纹", max_length=64)
    state = models.CharField("状态", max_length=10, choices=BriefState, default=BriefState.MADE)
    # why it was made anew; empty the first time
    cause = models.CharField("缘由", max_length=200, blank=True)
    # empty: the clock
    made_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("生成于")
    issued_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField("签发于", null=True, blank=True)

    class Meta:
        verbose_name = "生产简报"
        ordering = ("-made_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["plant", "grain", "period", "version"], name="brief_once")]
        indexes = [models.Index(fields=["plant", "grain", "state", "period"], name="brief_list")]


class BriefSentence(models.Model):
    """One change of a sentence by the plant; the newest stands for the briefs that are made from then on."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="brief_sentences")
    # topic.condition of kernel/brief/topics.py
    key = models.CharField("哪一句", max_length=60)
    version = models.PositiveSmallIntegerField("版本")
    kind = models.CharField("写法", max_length=10, choices=[("own", "本厂"), ("default", "系统默认")])
    # an own sentence that is empty is not said
    text = models.CharField("句子", max_length=300, blank=True)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("改于")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "简报句子"
        ordering = ("plant", "key", "version")
        constraints = [models.UniqueConstraint(fields=["plant", "key", "version"], name="briefsentence_once")]
