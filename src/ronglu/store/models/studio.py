"""党员创新工作室: the five things it must have, each in words; what is empty is a gap."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Studio(Dated):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="studios")
    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="studios")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="studios")
    topic = models.TextField("有课题", blank=True)
    leader = models.CharField("有带头人", max_length=80, blank=True)
    venue = models.CharField("有场地", max_length=120, blank=True)
    reward = models.TextField("有奖励措施", blank=True)
    tolerance = models.TextField("有容错机制", blank=True)

    class Meta:
        verbose_name = "创新工作室"
        ordering = ("plant", "id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "name", "from_on"], name="studio_once"),
            ordered_dates("studio"),
        ]

    def __str__(self) -> str:
        return self.name
