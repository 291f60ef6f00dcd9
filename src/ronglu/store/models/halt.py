"""Stops as they happened: which unit stood, from when to when, and why; a planned stop that is only intended is a PlanStop."""

from django.db import models


class HaltState(models.TextChoices):
    RUNNING = "running", "还停着"
    OVER = "over", "已恢复"
    WITHDRAWN = "withdrawn", "记错，撤回"


class Halt(models.Model):
    """`ends_at` is empty while the unit stands. Of one unit no two halts that stand overlap."""

    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="halts")
    starts_at = models.DateTimeField("停于")
    ends_at = models.DateTimeField("恢复于", null=True, blank=True)
    # a code of packs/base/stops.yaml; whether it was planned follows from the reason's group and is kept as it was then
    reason = models.CharField("原因", max_length=40)
    kind = models.CharField("性质", max_length=10, choices=[("planned", "计划"), ("unplanned", "非计划")])
    words = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=HaltState, default=HaltState.RUNNING)
    logged_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    logged_at = models.DateTimeField("记于")
    ended_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    # of a draft that a terminal may send twice; empty (null) from a desk
    sent_key = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "停机记录"
        ordering = ("-starts_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="halt_forward",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "starts_at"], name="halt_of_unit")]
