"""What units report, from when to when."""

import datetime as dt

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.series import Series
from ronglu.store.models import Account, AuditEntry, Channel, Partition, Reading, ShiftRow, Unit
from ronglu.work import channels, shifts
from ronglu.work.channels import BadChannel
from tests.cast import AT, ON, Cast, cast
from tests.work.clock import THE_1ST, set_clock

__all__ = ["cast"]
THE_5TH = dt.date(2026, 3, 5)


@pytest.fixture
def line(cast: Cast) -> Unit:
    set_clock(cast.plant)
    return cast.unit["QL-R1"]


@pytest.fixture
def coal() -> Series:
    return pack_of("qinglan").series["sm_coal"]


def begin(line: Unit, series: Series, on: dt.date = THE_1ST, grain: str = "shift", per_day: int = 0) -> Channel:
    return channels.open_one(unit=line, series=series, grain=grain, on=on, per_day=per_day, by=None, at=AT)


def read(channel: Channel, day: dt.date, by: Account) -> None:
    at = dt.datetime.combine(day, dt.time(8))
    Reading.objects.create(
        channel=channel, starts_at=at, ends_at=at + dt.timedelta(hours=8), day=day, shift_no=1, month=202603,
        text="1", value=10, known_at=AT, entered_by=by,
    )  # fmt: skip


def test_a_line_may_report_its_module_and_a_workshop_what_its_lines_may(cast: Cast) -> None:
    pack = pack_of("qinglan")

    def modules(code: str) -> set[str]:
        return {one.module for one in channels.offered(unit=cast.unit[code], pack=pack, on=ON)}

    assert modules("QL-R1") == {"smelting"}
    assert modules("QL-F") == {"fire_refining"}
    assert modules("QL") == {"smelting", "fire_refining"}


def test_an_opened_channel_marks_the_months_built_since_and_leaves_a_line(line: Unit, coal: Series) -> None:
    for month in (202601, 202603):
        Partition.objects.create(plant=line.plant, fact="readings", month=month, wanted=1, built=1)
    begin(line, coal)
    assert list(Partition.objects.order_by("month").values_list("wanted", flat=True)) == [1, 2]
    assert AuditEntry.objects.get(verb="channels.open").detail["series"] == "sm_coal"


def test_the_same_series_at_the_same_grain_is_not_opened_twice(line: Unit, coal: Series) -> None:
    begin(line, coal)
    with pytest.raises(BadChannel, match="从 2026-03-01 起已在上报"):
        begin(line, coal, THE_5TH)
    begin(line, coal, THE_5TH, grain="settlement")
    assert Channel.objects.count() == 2


def test_a_closed_channel_goes_on_where_it_ended_and_leaves_no_gap(line: Unit, coal: Series) -> None:
    channels.close(channel=begin(line, coal), on=THE_5TH, by=None, at=AT)
    with pytest.raises(BadChannel, match="只能从 2026-03-05 起接着上报"):
        begin(line, coal, dt.date(2026, 3, 6))
    assert begin(line, coal, THE_5TH).until_on is None
    assert Channel.objects.count() == 1


def test_a_channel_with_readings_is_not_closed_before_them(line: Unit, coal: Series, cast: Cast) -> None:
    channel = begin(line, coal)
    read(channel, THE_5TH, cast.account["李班长"])
    with pytest.raises(BadChannel, match="最早从 2026-03-06 起停报"):
        channels.close(channel=channel, on=THE_5TH, by=None, at=AT)
    channels.close(channel=channel, on=dt.date(2026, 3, 6), by=None, at=AT)
    channel.refresh_from_db()
    assert channel.until_on == dt.date(2026, 3, 6)


def test_a_channel_opened_by_mistake_is_taken_out(line: Unit, coal: Series) -> None:
    channels.close(channel=begin(line, coal), on=THE_1ST, by=None, at=AT)
    assert not Channel.objects.exists()


def test_the_first_day_may_move_but_not_past_readings(line: Unit, coal: Series, cast: Cast) -> None:
    channel = begin(line, coal)
    read(channel, THE_5TH, cast.account["李班长"])
    with pytest.raises(BadChannel, match="起报日不能晚于它"):
        channels.change(channel=channel, from_on=dt.date(2026, 3, 6), per_day=0, by=None, at=AT)
    assert channels.change(channel=channel, from_on=THE_5TH, per_day=0, by=None, at=AT).from_on == THE_5TH


def test_only_instants_have_a_number_a_day(line: Unit, coal: Series) -> None:
    with pytest.raises(BadChannel, match="只有按时刻上报的才填"):
        begin(line, coal, per_day=96)
    assert begin(line, coal, grain="instant", per_day=96).per_day == 96
    with pytest.raises(BadChannel, match="没有“weekly”这种粒度"):
        begin(line, coal, grain="weekly")


def test_a_workshop_that_begins_to_report_gets_its_shifts(line: Unit, coal: Series, cast: Cast) -> None:
    shifts.materialise(plant=cast.plant, first=THE_1ST, last=THE_5TH)
    begin(cast.unit["QL-R"], coal, dt.date(2026, 3, 4))
    rows = ShiftRow.objects.filter(unit=cast.unit["QL-R"])
    assert sorted({row.day.day for row in rows}) == [4, 5]
