"""The plant's clock as dated rows, and the days and shifts it makes, kept as tables for joins."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class CalendarRow(models.Model):
    """From this day on the plant (or one source of it) counts days, shifts and months like this."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="calendar_rows")
    from_on = models.DateField("起")
    day_starts = models.TimeField("生产日起点")
    month_first = models.PositiveSmallIntegerField("统计月首日", default=1)
    # [{"no": 1, "name": "白", "starts": "08:00", "hours": "8"}, …] in the order inside the production day
    shifts = models.JSONField("班次")

    class Meta:
        verbose_name = "日历"
        ordering = ("plant", "from_on")
        constraints = [models.UniqueConstraint(fields=["plant", "from_on"], name="calendar_once")]


class RosterRow(Dated):
    """Which cycle a line works; the numbers of the cycle are shift numbers, null is rest."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="rosters")
    code = models.CharField("轮班制", max_length=40)
    crews = models.JSONField("班别")
    cycle = models.JSONField("轮班顺序")
    step = models.PositiveSmallIntegerField("班间错位")
    anchor = models.DateField("锚定生产日")

    class Meta:
        verbose_name = "轮班"
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_on"], name="roster_once"),
            ordered_dates("roster"),
        ]


class CrewSwap(models.Model):
    """On this day this shift of the line was stood by another crew than the roster says."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="swaps")
    day = models.DateField("生产日")
    shift_no = models.PositiveSmallIntegerField("班次")
    letter = models.CharField("当班班别", max_length=10)
    reason = models.CharField("原因", max_length=80, blank=True)

    class Meta:
        verbose_name = "换班"
        constraints = [models.UniqueConstraint(fields=["unit", "day", "shift_no"], name="swap_once")]


class Substitution(models.Model):
    """One person stood a shift for another."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="substitutions")
    day = models.DateField("生产日")
    shift_no = models.PositiveSmallIntegerField("班次")
    absent = models.ForeignKey("store.Person", models.CASCADE, related_name="+")
    standin = models.ForeignKey("store.Person", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "顶班"
        constraints = [models.UniqueConstraint(fields=["unit", "day", "shift_no", "absent"], name="substitution_once")]


class Holiday(models.Model):
    """A public holiday or a make-up working day (调休) of a plant; the base pack only seeds them."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="holidays")
    day = models.DateField("日期")
    working = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = "节假日与调休"
        ordering = ("day",)
        constraints = [models.UniqueConstraint(fields=["plant", "day"], name="holiday_once")]


class DayRow(models.Model):
    """A production day of a plant; `month` is the statistical month as yyyymm."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="days")
    day = models.DateField("生产日")
    month = models.PositiveIntegerField("统计月")
    workday = models.BooleanField("工作日")

    class Meta:
        verbose_name = "生产日"
        constraints = [models.UniqueConstraint(fields=["plant", "day"], name="day_once")]


class ShiftRow(models.Model):
    """A shift of a line: who stood it, from when to when."""

    unit = models.ForeignKey("store.Unit", models.CASCADE, related_name="shifts")
    day = models.DateField("生产日")
    shift_no = models.PositiveSmallIntegerField("班次")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    month = models.PositiveIntegerField("统计月")
    letter = models.CharField("班别", max_length=10, blank=True)
    crew = models.ForeignKey("store.Unit", models.SET_NULL, null=True, blank=True, related_name="stood_shifts")

    class Meta:
        verbose_name = "班次"
        constraints = [models.UniqueConstraint(fields=["unit", "day", "shift_no"], name="shift_once")]
