"""双向帮扶, 谈心谈话 and 三联系三服务: who helps whom, that people were talked to, that cadres went to where the work is."""

from django.db import models


class AidState(models.TextChoices):
    PROPOSED = "proposed", "待双方同意"
    STANDING = "standing", "帮扶中"
    DECLINED = "declined", "未结成"
    ENDED = "ended", "已结束"


class AidPair(models.Model):
    """Two people who help each other, in work or in life. `one` has the lower key; it holds from the day both agreed."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="aid_pairs")
    one = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    axis = models.CharField("哪一方面", max_length=10, choices=[("work", "工作"), ("life", "生活")])
    state = models.CharField("状态", max_length=10, choices=AidState, default=AidState.PROPOSED)
    from_on = models.DateField("起", null=True, blank=True)
    until_on = models.DateField("止（不含）", null=True, blank=True)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出于")
    one_agreed_at = models.DateTimeField("一方同意于", null=True, blank=True)
    other_agreed_at = models.DateTimeField("另一方同意于", null=True, blank=True)
    # "<one>-<other>-<axis>" while it is proposed or stands, empty (null) afterwards
    once = models.CharField(max_length=60, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "双向帮扶"
        ordering = ("from_on", "id")
        constraints = [models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="aid_in_order")]
        indexes = [models.Index(fields=["plant", "state"], name="aid_state")]


class AidNote(models.Model):
    """What one of the two did for the other; nobody but the two ever reads it, and no number of a person is made of it."""

    pair = models.ForeignKey(AidPair, models.CASCADE, related_name="notes")
    # who helped: the other one was helped
    giver = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    day = models.DateField("日期")
    words = models.CharField("帮了什么", max_length=200)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "帮扶记录"
        ordering = ("-day", "-id")


class TalkRecord(models.Model):
    """That a talk took place, on a day: between which kinds of people, or to how many and under which headings. No name of
    who was talked to and no word of what was said has a place here.
    """

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="talks")
    kind = models.CharField("类型", max_length=10, choices=[("heart", "谈心谈话"), ("face", "面对面")])
    held_on = models.DateField("日期")
    # of 谈心谈话: committee_committee, committee_member, member_member
    pair = models.CharField("哪些人之间", max_length=24, blank=True)
    # of 面对面: codes of the four headings, and how many were there
    headings = models.JSONField("讲了哪几项", default=list, blank=True)
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "谈话记录"
        ordering = ("-held_on", "-id")
        indexes = [models.Index(fields=["body", "held_on"], name="talk_day")]


class ServeRecord(models.Model):
    """三联系三服务: a cadre went to a branch, a crew or employees, and what he brought back to be dealt with."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="serve_records")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    held_on = models.DateField("日期")
    # codes of packs/base/integrity.yaml: whom he went to, what he served
    link = models.CharField("联系谁", max_length=20)
    serves = models.JSONField("服务什么", default=list, blank=True)
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, blank=True, related_name="serve_records")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="serve_records")
    heard = models.CharField("带回什么", max_length=200, blank=True)
    case = models.ForeignKey("store.Case", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("记于")

    class Meta:
        verbose_name = "联系服务记录"
        ordering = ("-held_on", "-id")
        indexes = [
            models.Index(fields=["plant", "held_on"], name="serve_day"),
            models.Index(fields=["person", "held_on"], name="serve_person"),
        ]
