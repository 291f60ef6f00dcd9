"""上下工序衔接: what one unit hands to the next, from a day on, and what the receiving side says of it month by month."""

from django.db import models

from ronglu.store.models.append import AppendOnly
from ronglu.store.models.dated import Dated, ordered_dates


class Flow(Dated):
    """An edge of the plant's process graph: `source` delivers, `target` is its internal customer."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="flows")
    source = models.ForeignKey("store.Unit", models.PROTECT, related_name="flows_out")
    target = models.ForeignKey("store.Unit", models.PROTECT, related_name="flows_in")
    what = models.CharField("交什么", max_length=80)

    class Meta:
        verbose_name = "工序衔接"
        ordering = ("plant", "source__position", "target__position", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "from_on"], name="flow_once"),
            ordered_dates("flow"),
        ]


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class FlowWord(models.Model):
    """The receiving side's word on one month (yyyymm): only ever added, the highest `no` holds, the others stay to be read."""

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="words")
    month = models.PositiveIntegerField("月份")
    no = models.PositiveSmallIntegerField("第几次")
    word = models.CharField("评价", max_length=12, choices=Satisfaction)
    # aspect code of packs/base/flows.yaml → 1 to 5; the word follows from the lowest of them. Empty before aspects were asked
    marks = models.JSONField("各方面分", default=dict)
    reason = models.CharField("说明", max_length=500, blank=True)
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("评于")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "下道工序评价"
        ordering = ("flow", "month", "no")
        constraints = [models.UniqueConstraint(fields=["flow", "month", "no"], name="flowword_once")]
