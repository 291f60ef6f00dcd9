"""党组织工作经费: what one year's party work was given, and on what it is reckoned (R-ORG-13). Kept only where a plant enters it."""

from decimal import Decimal

from django.db import models

from ronglu.kernel.measure.rounding import from_scaled

CENTS = 2
"""Decimals of a yuan: amounts are kept in fen."""


class PartyBudget(models.Model):
    """Amounts in fen, the hundredth of a yuan. Entered again it is replaced; what stood before is in the trail. No dues, nobody's pay."""

    body = models.ForeignKey("store.Body", models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField("年份")
    wages_fen = models.BigIntegerField("上年工资总额")
    budget_fen = models.BigIntegerField("本年安排")
    carried_fen = models.BigIntegerField("上年结转")
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "党组织工作经费"
        ordering = ("body", "-year")
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="partybudget_once")]

    @property
    def wages_last_year(self) -> Decimal:
        """Yuan, as the other two."""
        return from_scaled(self.wages_fen, CENTS)

    @property
    def budget(self) -> Decimal:
        return from_scaled(self.budget_fen, CENTS)

    @property
    def carried_over(self) -> Decimal:
        return from_scaled(self.carried_fen, CENTS)
