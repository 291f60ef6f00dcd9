"""A plant of the group: which pack it runs."""

from django.db import models


class Plant(models.Model):
    code = models.SlugField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    en = models.CharField("英文名", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    # the switch of 09-14: which figure is the administrative one
    settings = models.JSONField("厂级设置", default=dict, blank=True)

    class Meta:
        verbose_name = "厂"
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name
