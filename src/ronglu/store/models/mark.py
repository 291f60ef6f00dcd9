"""评审: who was named to judge what, and every mark he gave with its reason; a mark given anew stands beside the earlier one."""

from django.db import models

from ronglu.store.models.append import AppendOnly
from ronglu.store.models.dated import Dated, ordered_dates


class Reviewer(Dated):
    """`item`: the code of a panel item of the sheet, or what else is judged by named people (work/marks.PANELS)."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="reviewers")
    item = models.CharField("评什么", max_length=20)
    account = models.ForeignKey("store.Account", models.PROTECT, related_name="reviews_of")
    named_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "评审人"
        ordering = ("plant", "item", "from_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "item", "account", "from_on"], name="reviewer_once"),
            ordered_dates("reviewer"),
        ]


class PanelMark(models.Model):
    """One reviewer's step from 1 to 5 for one record of a branch. Of one reviewer's marks the highest number stands."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="marks")
    item = models.CharField("项", max_length=20)
    month = models.PositiveIntegerField("月份")
    # the record that is judged, as its own table numbers it: a mission
    record = models.CharField("记录", max_length=40)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    step = models.PositiveSmallIntegerField("档")
    reason = models.CharField("理由", max_length=400)
    at = models.DateTimeField("时间")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "评分"
        ordering = ("month", "item", "record", "by", "number")
        constraints = [
            models.UniqueConstraint(fields=["body", "item", "month", "record", "by", "number"], name="mark_once"),
            models.CheckConstraint(condition=models.Q(step__gte=1, step__lte=5), name="mark_step"),
        ]
        indexes = [models.Index(fields=["item", "record"], name="mark_record")]
