"""People, with only the fields of 09 §9.5; where they work, which party body they belong to, which posts they hold."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Person(models.Model):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="people")
    staff_no = models.CharField("工号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    # for search by pinyin and by initials; written by the verb that names the person
    pinyin = models.CharField("拼音", max_length=120, blank=True)
    initials = models.CharField("拼音首字母", max_length=20, blank=True)
    joined_on = models.DateField("入党日期", null=True, blank=True)
    grades = models.JSONField("技能等级", default=list, blank=True)
    contact = models.CharField("工作联系方式", max_length=80, blank=True)

    class Meta:
        verbose_name = "人员"
        ordering = ("staff_no",)

    def __str__(self) -> str:
        return self.name


class Engagement(Dated):
    """Where a person works: a crew, a station, an office; contractors and 借调 too."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="engagements")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="engagements")
    kind = models.CharField(
        "用工",
        max_length=20,
        default="regular",
        choices=[
            ("regular", "在册"),
            ("contractor", "外委"),
            ("seconded", "借调"),
        ],
    )

    class Meta:
        verbose_name = "任职单位"
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "from_on"], name="engagement_once"),
            ordered_dates("engagement"),
        ]


class Membership(Dated):
    """Which branch or group a member belongs to, in which standing, and on which ground."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="memberships")
    status = models.CharField("党员类别", max_length=20, choices=[("full", "正式"), ("probationary", "预备")])
    basis = models.CharField(
        "编入依据",
        max_length=20,
        default="crew",
        choices=[
            ("crew", "在班"),
            ("service", "服务对象"),
        ],
    )

    class Meta:
        verbose_name = "组织关系"
        constraints = [
            models.UniqueConstraint(fields=["person", "body", "from_on"], name="membership_once"),
            ordered_dates("membership"),
        ]


class Post(Dated):
    """A role held at a party body or at a unit; one person may hold several (双向进入、交叉任职)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = models.CharField("角色", max_length=40)
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, blank=True, related_name="posts")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="posts")
    term_ends_on = models.DateField("任期届满", null=True, blank=True)

    class Meta:
        verbose_name = "职务"
        constraints = [
            ordered_dates("post"),
            models.CheckConstraint(
                condition=models.Q(body=None, unit__isnull=False) | models.Q(body__isnull=False, unit=None),
                name="post_at_one_place",
            ),
        ]


class Deputy(Dated):
    """Who stands in for whom while on leave: the deputy has the absent person's posts for these days."""

    absent = models.ForeignKey(Person, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, models.CASCADE, related_name="deputises_for")
    reason = models.CharField("原因", max_length=80, blank=True)
    named_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "代理"
        constraints = [
            ordered_dates("deputy"),
            models.CheckConstraint(condition=~models.Q(absent=models.F("deputy")), name="deputy_is_another"),
        ]
