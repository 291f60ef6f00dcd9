"""文件: superiors' documents, the plant's own rules with their versions, study material; what a relay or an agenda row names."""

from django.db import models


class DocumentKind(models.TextChoices):
    SUPERIOR = "superior", "上级文件"
    CONFERENCE = "conference", "会议精神"
    RULE = "rule", "规章制度"
    STUDY = "study", "学习资料"
    NOTICE = "notice", "政策告知"


class Document(models.Model):
    """What has a number and a title. A rule's text stands in its versions; `themes` are tags of the plant's lists."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="documents")
    kind = models.CharField("类型", max_length=20, choices=DocumentKind)
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=160)
    issuer = models.CharField("发文单位", max_length=80, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    arrived_on = models.DateField("到厂日期", null=True, blank=True)
    # for a policy: the day it takes effect, never before the day people were told
    effective_on = models.DateField("施行日期", null=True, blank=True)
    gist = models.TextField("要点", blank=True)
    themes = models.JSONField("主题", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=[("valid", "有效"), ("void", "已废止")], default="valid")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "文件"
        ordering = ("-issued_on", "-id")
        indexes = [models.Index(fields=["plant", "kind", "state"], name="document_kind")]


class DocumentVersion(models.Model):
    """A version of a rule, in force from a day until the next; never changed."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    version = models.CharField("版本", max_length=20)
    from_on = models.DateField("施行")
    revised = models.CharField("修订内容", max_length=400)
    text = models.TextField("正文", blank=True)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "制度版本"
        ordering = ("from_on", "id")
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="document_version")]
