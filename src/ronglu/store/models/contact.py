"""横班联系: two Party members of sister crews who keep in touch, and what one passed on to the other in a week."""

from django.db import models


class ContactState(models.TextChoices):
    PROPOSED = "proposed", "待双方同意"
    STANDING = "standing", "联系中"
    DECLINED = "declined", "未结成"
    ENDED = "ended", "已结束"


class Contact(models.Model):
    """`one` has the lower key, so that a pair is one row whoever proposes it. It holds from the day both have agreed."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="contacts")
    one = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=ContactState, default=ContactState.PROPOSED)
    from_on = models.DateField("起", null=True, blank=True)
    until_on = models.DateField("止（不含）", null=True, blank=True)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出于")
    one_agreed_at = models.DateTimeField("一方同意于", null=True, blank=True)
    other_agreed_at = models.DateTimeField("另一方同意于", null=True, blank=True)
    # why it was declined or ended
    reason = models.CharField("原因", max_length=80, blank=True)
    # "<one>-<other>" while it is proposed or stands, empty (null) afterwards: two people are one pair at a time
    once = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "横班联系"
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="contact_in_order"),
        ]
        indexes = [models.Index(fields=["plant", "state"], name="contact_state")]


class ContactNote(models.Model):
    """A sentence of a week, or the reason why there was nothing; of one writer one a week."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="notes")
    # 2026-W11
    week = models.CharField("周", max_length=10)
    kind = models.CharField("类型", max_length=10, choices=[("note", "传了一句话"), ("none", "没有联系上")])
    words = models.CharField("一句话", max_length=80)
    # what was raised from it
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "联系记录"
        ordering = ("-week", "at")
        constraints = [models.UniqueConstraint(fields=["contact", "week", "by"], name="contactnote_once")]
