"""Member points (S3-23): one row for each thing done, and the record it rests on; it is never deleted, only reversed."""

from django.db import models

from ronglu.kernel.standing.points import PointState


class PointEntry(models.Model):
    """`record` is a plain key (case:12, row:33, mission:4, unit:5:202603, hand:…), so that nothing joins points to what they rest on.

    Nobody entered what the clock found (`entered_by` empty). A reversal has the opposite points and names what it takes back.
    Kept for three years (07 §7.1).
    """

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="points")
    # the branch he belonged to on that day: its committee, and nobody else, verifies and sees it
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="points")
    source = models.CharField("来源", max_length=40)
    month = models.PositiveIntegerField("月份")
    points_h = models.IntegerField("分值（百分之一）")
    record = models.CharField("依据", max_length=80)
    label = models.CharField("什么事", max_length=200)
    state = models.CharField(
        "状态", max_length=10, default=PointState.DECLARED.value, choices=[(one.value, one.label) for one in PointState]
    )
    reversal_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    reason = models.CharField("说明", max_length=200, blank=True)
    entered_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("申报于")
    verified_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实于", null=True)
    told_on = models.DateField("告知于", null=True)
    booked_at = models.DateTimeField("入账于", null=True)
    # the appeal of the member against this entry, the newest where there were several
    objection = models.ForeignKey("store.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "积分条目"
        ordering = ("person", "month", "id")
        constraints = [models.UniqueConstraint(fields=["person", "source", "record"], name="point_once")]
        indexes = [
            models.Index(fields=["body", "state"], name="point_body"),
            models.Index(fields=["state", "told_on"], name="point_told"),
        ]
