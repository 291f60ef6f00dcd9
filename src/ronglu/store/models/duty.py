"""安全员、监督员、质检员: which of the three duties a person has beside his work, and in whose name."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Duty(Dated):
    """One person may have all three; what a role asks for is declared in the base pack."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="duties")
    role = models.CharField("职责", max_length=20)
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="duties")
    # where it is looked after, in words: a shift, a furnace, a walkway
    area = models.CharField("范围", max_length=120, blank=True)

    class Meta:
        verbose_name = "身兼职责"
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "from_on"], name="duty_once"),
            ordered_dates("duty"),
        ]
