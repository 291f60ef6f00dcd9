"""What a year's battle (攻坚战) is fought for: an indicator of a unit with its aim, and the pair that answers for it."""

from django.db import models


class BattleAim(models.Model):
    """Which way is better is the indicator's own; the aims of a battle carry no weights and are added up to nothing."""

    campaign = models.ForeignKey("store.PartyCampaign", models.CASCADE, related_name="battle_aims", db_index=False)
    indicator = models.CharField("指标", max_length=40)
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="+", db_index=False)
    # of the whole span where it adds up, else the level to be held
    aim = models.CharField("目标值", max_length=40)
    party = models.ForeignKey("store.Person", models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey("store.Person", models.PROTECT, related_name="+", db_index=False)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField("定于")

    class Meta:
        verbose_name = "攻坚目标"
        ordering = ("indicator", "unit", "pk")
        constraints = [models.UniqueConstraint(fields=["campaign", "indicator", "unit"], name="battleaim_once")]
