"""场地·阵地: rooms and places where people meet, with their equipment, and who has them when."""

from django.db import models


class VenueKind(models.TextChoices):
    ROOM = "room", "会议室"
    CULTURE = "culture", "党建文化阵地"
    CREW_PLACE = "crew_place", "班组现场"


class Venue(models.Model):
    """`equipment` lists {"name", "note"}; a venue without hours can be had at any time of the shift day."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="venues")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, blank=True, related_name="venues")
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=20, choices=VenueKind, default=VenueKind.ROOM)
    seats = models.PositiveSmallIntegerField("座位")
    opens_at = models.TimeField("开放自", null=True, blank=True)
    shuts_at = models.TimeField("开放至", null=True, blank=True)
    equipment = models.JSONField("设备", default=list, blank=True)
    what_for = models.CharField("用途", max_length=200, blank=True)
    keeper = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=[("open", "在用"), ("closed", "停用")], default="open")

    class Meta:
        verbose_name = "场地"
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="venue_code")]


class Booking(models.Model):
    """[starts_at, ends_at) of one venue; two that stand never overlap, work/venues holds the venue's row while it looks."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    title = models.CharField("用途", max_length=80)
    # the same text on every row of one recurring booking
    series = models.CharField("循环预订", max_length=40, blank=True)
    gathering = models.ForeignKey("store.Gathering", models.PROTECT, null=True, blank=True, related_name="bookings")
    state = models.CharField(
        "状态", max_length=10, choices=[("booked", "已预订"), ("given_up", "已取消")], default="booked"
    )
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("预订于")

    class Meta:
        verbose_name = "场地预订"
        ordering = ("starts_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="booking_in_order")
        ]
        indexes = [models.Index(fields=["venue", "state", "starts_at"], name="booking_venue")]
