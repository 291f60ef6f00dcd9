"""The year of a plant's branches: computed from its closed months, told, decided where the places do not suffice, sealed."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class YearState(models.TextChoices):
    COMPUTED = "computed", "已汇总"
    PUBLICITY = "publicity", "公示中"
    PUBLISHED = "published", "已公布"
    ARCHIVED = "archived", "已归档"


class YearReview(models.Model):
    """One plant's year. Until publicity it may be computed again; every time its results are made anew."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=10, choices=YearState, default=YearState.COMPUTED)
    number = models.PositiveSmallIntegerField("第几次汇总", default=1)
    # whose grades, stars and quota hold; the weights as they were declared
    sheet = models.ForeignKey("store.SheetVersion", models.PROTECT, related_name="years")
    rules = models.JSONField("权重与起评条件")
    computed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField("汇总于")
    publicised_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    publicised_at = models.DateTimeField("公示于", null=True)
    # last days: of publicity, then of appeals
    publicity_on = models.DateField("公示截止", null=True)
    appeals_on = models.DateField("申诉截止", null=True)
    published_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("公布于", null=True)
    seal = models.OneToOneField("store.Seal", models.PROTECT, null=True, related_name="year_review")

    class Meta:
        verbose_name = "年度考核"
        ordering = ("plant", "-year")
        constraints = [models.UniqueConstraint(fields=["plant", "year"], name="yearreview_once")]


class YearResult(models.Model):
    """One branch's year on one scale of one computation; all figures in hundredths. The newest number stands.

    `months`: {month 1–12: {score, parts: [{code, name, days, score}]}}; `quarters`: {1–4: score}.
    """

    review = models.ForeignKey(YearReview, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField("第几次汇总")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="years")
    scale = models.CharField("百分", max_length=20)
    months = models.JSONField("各月", default=dict)
    quarters = models.JSONField("季度点评分", default=dict)
    appraisal_h = models.IntegerField("民主测评", null=True)
    value_h = models.IntegerField("年度得分", null=True)
    reason = models.CharField("暂不评级的原因", max_length=300, blank=True)
    grade = models.CharField("等级", max_length=20, blank=True)
    stars = models.PositiveSmallIntegerField("星级", null=True)
    # months with an approved veto that stands
    vetoes = models.JSONField("否决月份", default=list)
    capped = models.BooleanField("因否决降等", default=False)
    steps = models.JSONField("步骤", default=list)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "年度得分"
        ordering = ("review", "body", "scale")
        constraints = [models.UniqueConstraint(fields=["review", "number", "body", "scale"], name="yearresult_once")]


class QuotaList(models.Model):
    """Who is put forward for 优秀 against the places there are: branches of a year's scale, or members of one branch.

    `nominees`: [{key, name, score, probationary, vetoed}]; `allotment`: places, within, edge, open, beyond, barred, problems.
    Who of `edge` takes the open places stands in `chosen`: a person's decision, confirmed by another one.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="quotas")
    year = models.PositiveSmallIntegerField("年度")
    # "scale:party" or "members:12": a plain key, since UNIQUE does not hold over empty columns
    subject = models.CharField(max_length=40)
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, related_name="quotas")
    rated = models.PositiveIntegerField("参评")
    quota = models.CharField("比例", max_length=20, blank=True)
    nominees = models.JSONField("提名")
    allotment = models.JSONField("名额结果")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[("open", "待决定"), ("decided", "待另一人确认"), ("settled", "已定")],
    )
    chosen = models.JSONField("决定", default=list)
    ground = models.CharField("会议与理由", max_length=400, blank=True)
    made_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("列出于")
    decided_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定于", null=True)
    confirmed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认于", null=True)

    class Meta:
        verbose_name = "优秀名额"
        ordering = ("plant", "-year", "subject")
        constraints = [models.UniqueConstraint(fields=["plant", "year", "subject"], name="quotalist_once")]
