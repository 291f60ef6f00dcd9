"""Safety events: one tells, another confirms; only what is confirmed and recordable ends accident-free days."""

import datetime as dt

import pytest

from ronglu.store.models import AuditEntry, EventState, SafetyEvent
from ronglu.work import events
from ronglu.work.events import BadEvent
from ronglu.work.queries import events as queries
from ronglu.work.queries.places import Places
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]
THE_1ST = dt.date(2026, 3, 1)


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return grounded(cast)


def told(ground: Ground, kind: str = "minor", day: dt.date = THE_1ST, zone: str | None = "Z1a") -> SafetyEvent:
    place = ground.zone[zone] if zone else None
    return events.report(
        plant=ground.cast.plant, unit=ground.unit["QL-R1-甲"], zone=place, day=day, kind=kind, words="手指擦伤",
        by=ground.cast.account["李班长"], at=AT,
    )  # fmt: skip


def confirmed(ground: Ground, kind: str = "minor", day: dt.date = THE_1ST, zone: str | None = "Z1a") -> SafetyEvent:
    return events.confirm(event=told(ground, kind, day, zone), **ground.who)


def days(ground: Ground, on: dt.date = ON) -> dict[str, tuple[int, bool]]:
    scope = ground.cast.scope("赵安全员")
    found = queries.unit_counters(scope=scope, places=Places(ground.cast.plant, on))
    return {one.name: (one.days, one.after_event) for one in found}


def zone_days(ground: Ground) -> dict[str, int]:
    found = queries.zone_counters(ground.zone.values(), on=ON)
    return {code: found[zone.pk].days for code, zone in ground.zone.items()}


@pytest.mark.covers("S4-21")
def test_a_confirmed_event_begins_the_days_anew_for_its_crew_line_and_workshop_only(ground: Ground) -> None:
    """From 1 to 10 March: nine days. Without an event: since the first day of the unit, 433 days before."""
    confirmed(ground)
    untouched = ((ON - SINCE).days, False)
    assert untouched[0] == 433
    assert days(ground) == {
        "青岚冶炼厂": (9, True),
        "熔炼车间": (9, True),
        "转炉线": (9, True),
        "转炉甲班": (9, True),
        "转炉乙班": untouched,
        "转炉丙班": untouched,
        "转炉丁班": untouched,
        "精炼车间": untouched,
        "精炼线": untouched,
        "精炼甲班": untouched,
    }


def test_in_a_part_of_a_zone_it_counts_for_the_whole_zone_and_not_for_its_neighbour(ground: Ground) -> None:
    confirmed(ground)
    assert zone_days(ground) == {"Z1": 9, "Z1a": 9, "Z2": 433, "Z3": 433, "Z4": 433}


@pytest.mark.parametrize("kind", ["near_miss", "first_aid"])
def test_a_near_miss_never_counts_even_when_confirmed(ground: Ground, kind: str) -> None:
    confirmed(ground, kind)
    assert days(ground)["转炉甲班"] == (433, False)


def test_what_is_only_told_or_was_not_upheld_counts_for_nothing(ground: Ground) -> None:
    told(ground)
    events.reject(event=told(ground), reason="旧伤", **ground.who)
    assert days(ground)["转炉甲班"] == (433, False)


def test_who_told_of_it_cannot_confirm_it(ground: Ground) -> None:
    event = told(ground)
    for decide in (events.confirm, events.reject):
        with pytest.raises(BadEvent, match="由您报告，须由另一人确认"):
            decide(event=event, by=ground.cast.account["李班长"], at=AT, reason="属实")
    event.refresh_from_db()
    assert event.state == EventState.REPORTED


def test_a_near_miss_that_proves_worse_is_graded_with_a_reason(ground: Ground) -> None:
    event = told(ground, "near_miss")
    with pytest.raises(BadEvent, match="改动类别请写明理由"):
        events.confirm(event=event, kind="lost_time", **ground.who)
    events.confirm(event=event, kind="lost_time", reason="次日未能上班", **ground.who)
    assert days(ground)["转炉甲班"] == (9, True)


def test_a_decision_is_taken_back_by_someone_else_and_decided_anew(ground: Ground) -> None:
    event = confirmed(ground)
    with pytest.raises(BadEvent, match="不必再办"):
        events.reject(event=event, reason="旧伤", **ground.who)
    with pytest.raises(BadEvent, match="须由另一人提出"):
        events.reopen(event=event, reason="旧伤", **ground.who)
    events.reopen(event=event, reason="旧伤", by=ground.cast.account["高书记"], at=AT)
    assert days(ground)["转炉甲班"] == (433, False)
    assert [e.verb for e in AuditEntry.objects.filter(verb__startswith="events").order_by("pk")] == [
        "events.report", "events.confirm", "events.reopen",
    ]  # fmt: skip


def test_the_day_of_the_event_is_day_nought_and_the_latest_counts(ground: Ground) -> None:
    confirmed(ground)
    confirmed(ground, "lost_time", ON)
    assert days(ground)["转炉甲班"] == (0, True)
    assert days(ground, THE_1ST)["转炉甲班"] == (0, True)


@pytest.mark.parametrize(
    ("kind", "words", "day", "why"),
    [
        ("fire", "起火", THE_1ST, "请选事件类别"),
        ("minor", " ", THE_1ST, "写明经过"),
        ("minor", "擦伤", dt.date(2026, 3, 11), "还没到"),
    ],
)
def test_what_cannot_have_happened_is_refused(ground: Ground, kind: str, words: str, day: dt.date, why: str) -> None:
    with pytest.raises(BadEvent, match=why):
        events.report(
            plant=ground.cast.plant, unit=ground.unit["QL-R1"], day=day, kind=kind, words=words,
            by=ground.cast.account["李班长"], at=AT,
        )  # fmt: skip


def test_what_waits_is_seen_by_who_told_of_it_and_who_may_decide(ground: Ground) -> None:
    waiting, sure = told(ground), confirmed(ground)

    def seen(name: str) -> set[int]:
        by = ground.cast.account[name]
        return {e.pk for e in queries.listed(scope=ground.cast.scope(name), plant=ground.cast.plant, by=by)}

    assert seen("李班长") == seen("赵安全员") == {waiting.pk, sure.pk}
    assert seen("何组长") == {sure.pk}
    assert seen("郑师傅") == seen("邻厂书记") == seen("外人") == set()
