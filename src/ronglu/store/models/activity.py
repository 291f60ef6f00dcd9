"""Volunteer labour of a party body on a day: a record of time and output, of nobody in particular, and never a score."""

from django.db import models


class Activity(models.Model):
    """`minutes` is how long it lasted, `people` how many took part; no list of names is kept."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="activities")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="activities")
    day = models.DateField("日期")
    title = models.CharField("事项", max_length=120)
    minutes = models.PositiveIntegerField("时长（分钟）")
    people = models.PositiveSmallIntegerField("人数")
    output = models.CharField("干了什么", max_length=200)
    amount = models.CharField("数量", max_length=40, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    recorded_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "义务劳动"
        ordering = ("-day", "-id")
        constraints = [models.UniqueConstraint(fields=["body", "day", "title"], name="activity_once")]
        indexes = [models.Index(fields=["plant", "day"], name="activity_day")]
