"""责任清单 of secretaries, deputies and committee members: what a seat has to do in every month, quarter or year, and whether it did."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class SeatDuty(Dated):
    """One line of a plant's list, for whoever holds the seat. `proof` names the records that show it done by themselves."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="seat_duties")
    code = models.CharField("编码", max_length=40)
    # secretary, deputy, discipline …: a seat of a committee
    seat = models.CharField("职务", max_length=20)
    # branch (with joint ones), general, committee
    level = models.CharField(
        "层级", max_length=10, choices=[("branch", "支部"), ("general", "党总支"), ("committee", "厂党委")]
    )
    title = models.CharField("责任", max_length=160)
    every = models.CharField(
        "多久一次",
        max_length=8,
        choices=[("month", "每月"), ("quarter", "每季度"), ("half", "每半年"), ("year", "每年")],
    )
    # a kind of gathering that was closed, or "talk"; empty: the holder says what he did
    proof = models.CharField("凭哪种记录", max_length=40, blank=True)
    status = models.CharField("出处", max_length=20)

    class Meta:
        verbose_name = "责任清单"
        ordering = ("level", "seat", "id")
        constraints = [
            models.UniqueConstraint(fields=["plant", "code", "from_on"], name="seatduty_once"),
            ordered_dates("seatduty"),
        ]


class SeatReport(models.Model):
    """What was done, or why not, for one line, one body and one period. A reason counts once somebody else accepted it."""

    duty = models.ForeignKey(SeatDuty, models.PROTECT, related_name="reports")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="seat_reports")
    # 2026-03, 2026-Q1, 2026-H1, 2026
    period = models.CharField("期间", max_length=10)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[("done", "已履行"), ("asked", "理由待认可"), ("excused", "理由已认可"), ("back", "退回")],
    )
    words = models.CharField("怎么履行的，或为什么没有", max_length=300)
    done_on = models.DateField("履行日期", null=True, blank=True)
    by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField("填于")
    judged_by = models.ForeignKey("store.Account", models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField("认定于", null=True, blank=True)
    remark = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "履责记录"
        ordering = ("period", "id")
        constraints = [models.UniqueConstraint(fields=["duty", "body", "period"], name="seatreport_once")]
