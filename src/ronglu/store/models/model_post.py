"""党员安全生产示范岗: set up where the work is weakest, with what it has to show, and looked at again on a day."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class ModelPost(Dated):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="model_posts")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="model_posts")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="model_posts")
    name = models.CharField("名称", max_length=80)
    people = models.ManyToManyField("store.Person", related_name="model_posts")
    # the weak point it stands at, and the indicator that shows it, where there is one
    weakness = models.TextField("薄弱环节")
    indicator = models.CharField("指标", max_length=40, blank=True)
    criteria = models.TextField("达到什么样")
    review_on = models.DateField("复核日")
    state = models.CharField(
        "状态",
        max_length=20,
        default="standing",
        choices=[
            ("standing", "在岗"),
            ("kept", "复核后继续"),
            ("ended", "已撤岗"),
        ],
    )
    review = models.TextField("复核意见", blank=True)
    reviewed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("复核时间", null=True)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "示范岗"
        ordering = ("plant", "review_on", "id")
        constraints = [ordered_dates("modelpost")]
        indexes = [models.Index(fields=["plant", "review_on"], name="modelpost_review")]
