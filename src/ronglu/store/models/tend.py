"""What the clock keeps for itself: which daily work is done, and what it could not do."""

from django.db import models


class TendMark(models.Model):
    """`name` is one kind of daily work (of one plant); `on` the last day for which it was done."""

    name = models.CharField(max_length=80, unique=True)
    on = models.DateField("做到")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "时钟记号"


class TendFault(models.Model):
    """Something whose turn came and that failed: it is tried again later, keeps nothing else from its turn, and is told."""

    key = models.CharField(max_length=80, unique=True)
    label = models.CharField("事项", max_length=120)
    detail = models.CharField("原因", max_length=300)
    times = models.PositiveIntegerField("次数", default=1)
    at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "时钟故障"
        ordering = ("-at",)
