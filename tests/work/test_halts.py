"""The log of stops: in seconds, without overlaps, corrected in the open."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.halts import StopBook
from ronglu.store.models import AuditEntry, Halt, Job
from ronglu.work import halts
from ronglu.work.halts import BadHalt, Said
from tests.cast import AT, Cast, cast

__all__ = ["cast"]


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, 10, hour, minute)


def book() -> StopBook:
    return pack_of("qinglan").base.stops


def log(
    cast: Cast, starts: dt.datetime, ends: dt.datetime | None = None, reason: str = "mechanical", **said: Any
) -> Halt:
    given = Said(starts_at=starts, ends_at=ends, reason=reason, **said)
    return halts.log(unit=cast.unit["QL-R1"], said=given, book=book(), by=cast.account["李班长"], at=at(9))


def test_a_stop_is_running_until_somebody_says_that_it_is_over(cast: Cast) -> None:
    row = log(cast, at(8))
    assert (row.state, row.kind, row.ends_at) == ("running", "unplanned", None)
    halts.end(halt=row, ends_at=at(8, 50), by=cast.account["李班长"], at=at(9))
    row.refresh_from_db()
    assert (row.state, row.ends_at, row.ended_by) == ("over", at(8, 50), cast.account["李班长"])
    with pytest.raises(BadHalt, match="已恢复，不必再填恢复时间"):
        halts.end(halt=row, ends_at=at(8, 55), by=cast.account["李班长"], at=at(9))


def test_whether_it_was_planned_follows_from_its_reason(cast: Cast) -> None:
    assert log(cast, at(7), at(8), "maintenance").kind == "planned"


def test_two_stops_of_one_line_do_not_overlap_and_the_refusal_names_the_other(cast: Cast) -> None:
    log(cast, at(7), at(8))
    with pytest.raises(
        BadHalt, match="与已记的停机（03-10 07:00 至 03-10 08:00，机械故障）重叠：请改时间，或更正那一条"
    ):
        log(cast, at(7, 59), at(8, 30), "power")
    log(cast, at(8), reason="power")
    with pytest.raises(BadHalt, match="停电、限电）重叠：请先给它填恢复时间"):
        log(cast, at(8, 30), at(8, 40))
    assert Halt.objects.count() == 2


def test_other_lines_stand_whenever_they_stand(cast: Cast) -> None:
    log(cast, at(7), at(8))
    given = Said(starts_at=at(7), ends_at=at(8), reason="power")
    halts.log(unit=cast.unit["QL-F1"], said=given, book=book(), by=cast.account["周统计员"], at=at(9))
    assert Halt.objects.count() == 2


@pytest.mark.parametrize(
    ("starts", "ends", "reason", "why"),
    [
        (at(9, 30), None, "mechanical", "03-10 09:30 还没到；打算中的停机请到“计划停产”申请"),
        (at(8), at(8), "mechanical", "恢复时间 03-10 08:00 应晚于停机时间 03-10 08:00"),
        (at(8), at(10), "mechanical", "03-10 10:00 还没到；还停着就先空着"),
        (at(8), None, "gremlins", "请从停机原因表里选一个原因"),
        (at(8), None, "other", "选了“其他（请写明）”，请写一句说明"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    cast: Cast, starts: dt.datetime, ends: dt.datetime | None, reason: str, why: str
) -> None:
    with pytest.raises(BadHalt, match=why):
        log(cast, starts, ends, reason)
    assert not Halt.objects.exists()


def test_a_correction_keeps_what_stood_before_in_the_trail(cast: Cast) -> None:
    row = log(cast, at(7), at(8))
    with pytest.raises(BadHalt, match="请写明为什么改"):
        halts.correct(
            halt=row,
            said=Said(starts_at=at(7), reason="power"),
            why=" ",
            book=book(),
            by=cast.account["马主任"],
            at=at(9),
        )
    halts.correct(
        halt=row, said=Said(starts_at=at(7), ends_at=at(8, 30), reason="power"), why="看错了表", book=book(),
        by=cast.account["马主任"], at=at(9),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.reason, row.ends_at) == ("power", at(8, 30))
    detail = AuditEntry.objects.get(verb="halts.correct").detail
    assert detail["before"] == "转炉线 03-10 07:00 至 03-10 08:00 mechanical" and detail["why"] == "看错了表"


def test_a_withdrawn_stop_stays_to_be_read_and_frees_its_time(cast: Cast) -> None:
    row = log(cast, at(7), at(8))
    halts.withdraw(halt=row, why="记在别的线上了", by=cast.account["李班长"], at=at(9))
    log(cast, at(7), at(8), "power")
    assert sorted(Halt.objects.values_list("state", flat=True)) == ["over", "withdrawn"]
    with pytest.raises(BadHalt, match="已经撤回"):
        halts.withdraw(halt=row, why="再来", by=cast.account["李班长"], at=at(9))


def test_the_cascade_is_reckoned_anew_once_however_many_stops(cast: Cast) -> None:
    log(cast, at(6), at(7))
    log(cast, at(7), at(8))
    assert Job.objects.filter(kind="cascades", plant=cast.plant).count() == 1
    assert AT.date() == at(9).date()
