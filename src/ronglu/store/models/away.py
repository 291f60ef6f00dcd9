"""不在岗: days on which one person is not at the plant, so that no meeting counts on him. Why is nowhere asked and nowhere kept."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Away(Dated):
    """The days alone: no kind and no note, by design. The clock deletes a row a month after it ended (work/aways)."""

    person = models.ForeignKey("store.Person", models.CASCADE, related_name="aways")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "不在岗"
        ordering = ("from_on", "id")
        constraints = [ordered_dates("away")]
        indexes = [models.Index(fields=["person", "until_on"], name="away_person")]
