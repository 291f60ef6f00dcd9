"""Study and education: the year's plan of a body for one audience, its topics, and training outside its own meetings."""

from django.db import models


class StudyPlanState(models.TextChoices):
    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下达"


class StudyPlan(models.Model):
    """A plan has one audience with a standard of its own: what is asked of a committee is not asked of a crew."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="study_plans")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="study_plans")
    year = models.PositiveSmallIntegerField("年度")
    # a code of packs/base/education.yaml
    audience = models.CharField("对象", max_length=20)
    standard = models.CharField("要求", max_length=300)
    state = models.CharField("状态", max_length=10, choices=StudyPlanState, default=StudyPlanState.DRAFT)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("拟定于")
    issued_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField("下达日", null=True, blank=True)

    class Meta:
        verbose_name = "学习教育计划"
        ordering = ("-year", "body", "audience")
        constraints = [models.UniqueConstraint(fields=["body", "year", "audience"], name="studyplan_once")]


class StudyTopic(models.Model):
    """What is to be studied by a day. It is finished when the meeting that took it up decided something or opened a case."""

    plan = models.ForeignKey(StudyPlan, models.CASCADE, related_name="topics")
    title = models.CharField("学习专题", max_length=160)
    # codes of packs/base/education.yaml: the form it is held in, and its theme tags
    form = models.CharField("形式", max_length=20)
    themes = models.JSONField("主题", default=list, blank=True)
    document = models.ForeignKey("store.Document", models.PROTECT, null=True, blank=True, related_name="topics")
    speaker = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    # others who lead it beside the first, where the form of the plan has several
    others = models.ManyToManyField("store.Person", related_name="+", blank=True)
    due_on = models.DateField("完成期限")
    state = models.CharField(
        "状态", max_length=10, default="planned", choices=[("planned", "待学"), ("dropped", "取消")]
    )
    # the line of the meeting that took it up; the meeting knows the rest
    row = models.ForeignKey("store.AgendaRow", models.SET_NULL, null=True, blank=True, related_name="topics")
    reason = models.CharField("取消的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "学习专题"
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["state", "due_on"], name="studytopic_due")]


class Training(models.Model):
    """集中培训 away from the body's own meetings. Days as in R-EDU-05; never reaching over the end of a year."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="trainings")
    title = models.CharField("培训名称", max_length=120)
    organ = models.CharField("主办单位", max_length=80, blank=True)
    first_on = models.DateField("首日")
    last_on = models.DateField("末日")
    half_days = models.PositiveSmallIntegerField("半天数")
    rotation = models.BooleanField("书记轮训", default=False)
    people = models.ManyToManyField("store.Person", related_name="trainings")
    state = models.CharField("状态", max_length=10, default="valid", choices=[("valid", "有效"), ("struck", "已撤销")])
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "集中培训"
        ordering = ("-first_on", "-id")
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="training_forward"),
            models.CheckConstraint(condition=models.Q(half_days__gte=1), name="training_half_days"),
        ]
        indexes = [models.Index(fields=["plant", "first_on"], name="training_day")]
