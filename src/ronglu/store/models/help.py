"""问一问: one asks somebody, or whoever knows about something; only the two of them read what was asked and answered."""

from django.db import models


class HelpRequest(models.Model):
    """`asked` is empty until somebody takes a question that went to whoever knows. Nothing here is ever counted by person."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="help_requests")
    asker = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    asked = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    topic = models.CharField("关于什么", max_length=80)
    question = models.TextField("问题")
    answer = models.TextField("回答", blank=True)
    state = models.CharField(
        "状态",
        max_length=20,
        default="open",
        choices=[
            ("open", "等回答"),
            ("answered", "已回答"),
            ("helped", "帮上了"),
            ("not_helped", "没帮上"),
        ],
    )
    asked_at = models.DateTimeField("提问时间")
    answered_at = models.DateTimeField("回答时间", null=True)
    closed_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        verbose_name = "问一问"
        ordering = ("-asked_at", "-id")
        indexes = [
            models.Index(fields=["asker", "asked_at"], name="help_asker"),
            models.Index(fields=["asked", "state"], name="help_asked"),
            models.Index(fields=["plant", "state"], name="help_open"),
        ]
