"""The six figures by which a person is known at a shift terminal, and how often a wrong try was made."""

from django.db import models


class Pin(models.Model):
    """Only a slow hash of it is kept."""

    account = models.OneToOneField("store.Account", models.CASCADE, related_name="pin")
    digest = models.CharField("摘要", max_length=160)

    class Meta:
        verbose_name = "PIN"


class PinTry(models.Model):
    """Wrong tries by the digest of what was typed as staff number, or by terminal: alike for numbers that do not exist."""

    name = models.CharField(max_length=64, unique=True)
    failed = models.PositiveSmallIntegerField("错误次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "PIN 试错"
