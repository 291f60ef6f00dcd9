"""Who did what, when, with which result: only ever added to. And what people tell us."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class AuditEntry(models.Model):
    at = models.DateTimeField("时间")
    account = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    plant = models.ForeignKey("store.Plant", models.PROTECT, null=True, related_name="+")
    verb = models.CharField("动作", max_length=60)
    subject = models.CharField("对象", max_length=200, blank=True)
    detail = models.JSONField("内容", default=dict)
    outcome = models.CharField("结果", max_length=20, default="ok")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ("-id",)
        indexes = [models.Index(fields=["plant", "at"], name="audit_plant_at")]


class Feedback(models.Model):
    """意见与投诉: from any page, answered by someone; the writer's name only if he gave it."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, null=True, related_name="feedback")
    page = models.CharField("页面", max_length=200, blank=True)
    text = models.TextField("内容")
    account = models.ForeignKey("store.Account", models.SET_NULL, null=True, blank=True, related_name="+")
    # written down on the day only: an exact time would point to whoever was at the terminal
    written_on = models.DateField("日期")
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        verbose_name = "意见与投诉"
        ordering = ("-written_on", "-id")
