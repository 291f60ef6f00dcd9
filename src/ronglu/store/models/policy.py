"""政策告知: what employees ask about a policy before it takes effect, and the answers everybody may read."""

from django.db import models


class PolicyQuestion(models.Model):
    """The page shows question and answer, never who asked."""

    document = models.ForeignKey("store.Document", models.PROTECT, related_name="questions")
    question = models.CharField("问", max_length=300)
    asked_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("问于")
    answer = models.CharField("答", max_length=600, blank=True)
    answered_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("答于", null=True, blank=True)

    class Meta:
        verbose_name = "政策问答"
        ordering = ("asked_at", "id")
