"""What costs points and what stands as a finding are judged from one reading of the tables: each answer is that of its own day."""

import datetime as dt

import pytest

from ronglu.facts import held as score
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import BodyState, Mapping, PlanStop, Post, UnitState
from ronglu.work import life_findings
from tests.cast import Cast, cast  # noqa: F401
from tests.work.lived import held

GROUP, BRANCH = "QL-B1-甲", "QL-B1"
JUNE = dt.date(2026, 6, 30)
KINDS = ("assembly", "committee", "group_meeting", "theme_day")


@pytest.fixture(autouse=True)
def _keeps_its_meetings_here(cast: Cast) -> None:
    since(cast, "2026-01-01")


def since(cast: Cast, day: str) -> None:
    cast.plant.settings["life_from"] = day
    cast.plant.save()


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def stop(cast: Cast, unit: str, first: dt.date, last: dt.date | None) -> PlanStop:
    return PlanStop.objects.create(
        unit=cast.unit[unit], from_on=first, until_on=last and last + dt.timedelta(days=1), reason="大修",
        set_by=cast.account["马主任"], approved_by=cast.account["高书记"],
    )  # fmt: skip


def told(cast: Cast, rule: str, body: str, window: str, *, on: dt.date = JUNE) -> State | None:
    """How it stands, once said by the findings and once by what the score is made of, which have to agree; None: not asked."""
    key, ends = cast.body[body].pk, Period.day(Period.parse(window).last).up(Grain.MONTH)
    found = {
        one.state
        for one in life_findings.judge(plant=cast.plant, on=on, year=2026)
        if (one.rule, one.subject.id) == (rule, key) and one.window and one.window.key == window
    }
    costs = {
        one.found.state
        for one in score.duties(plant=cast.plant, month=ends, kinds=KINDS)
        if (one.one.rule.id, one.body.id) == (rule, key) and one.one.window.key == window
    }
    assert found == costs
    return found.pop() if found else None


def test_a_group_that_moved_in_mid_month_could_meet_nowhere_when_each_of_its_crews_stood_still_in_its_time(
    cast: Cast,
) -> None:
    """Until the 15th on 甲班 of the converter, from then on 甲班 of refining: 15 days of the one and 10 of the other."""
    row = Mapping.objects.get(body=cast.body[GROUP])
    Mapping.objects.filter(pk=row.pk).update(until_on=day(4, 16))
    Mapping.objects.create(body=cast.body[GROUP], unit=cast.unit["QL-F1-甲"], from_on=day(4, 16))
    stop(cast, "QL-R1", day(4, 1), day(4, 25))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.MISSED  # from the 16th on its new crew worked
    stop(cast, "QL-F1", day(4, 10), day(4, 25))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.EXEMPT


def test_where_a_group_stands_today_says_nothing_about_the_overhaul_before_it_moved(cast: Cast) -> None:
    Mapping.objects.filter(body=cast.body[GROUP]).update(until_on=day(5, 1))
    Mapping.objects.create(body=cast.body[GROUP], unit=cast.unit["QL-F1-甲"], from_on=day(5, 1))
    stop(cast, "QL-R1", day(4, 5), day(5, 28))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.EXEMPT
    assert told(cast, "R-LIFE-03", GROUP, "2026-05") is State.MISSED


def test_one_of_two_lines_that_works_leaves_the_branch_with_people_to_meet(cast: Cast) -> None:
    Mapping.objects.create(body=cast.body[BRANCH], unit=cast.unit["QL-F1"], from_on=day(4, 8))
    stop(cast, "QL-R1", day(4, 1), day(4, 30))
    assert told(cast, "R-LIFE-06", BRANCH, "2026-04") is State.MISSED
    Mapping.objects.filter(unit=cast.unit["QL-F1"], from_on=day(4, 8)).update(from_on=day(4, 21))
    assert told(cast, "R-LIFE-06", BRANCH, "2026-04") is State.EXEMPT


def test_the_stop_of_a_workshop_holds_for_the_lines_it_had_that_day(cast: Cast) -> None:
    """The line passed to the other workshop on the 23rd, after three weeks in which the first one stood still."""
    line = UnitState.objects.get(unit=cast.unit["QL-R1"])
    UnitState.objects.filter(pk=line.pk).update(until_on=day(4, 23))
    UnitState.objects.create(unit=line.unit, name=line.name, parent=cast.unit["QL-F"], from_on=day(4, 23))
    stop(cast, "QL-R", day(4, 1), day(4, 30))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.EXEMPT
    UnitState.objects.filter(unit=line.unit, from_on=day(4, 23)).update(from_on=day(4, 15))
    UnitState.objects.filter(pk=line.pk).update(until_on=day(4, 15))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.MISSED


def test_a_stop_without_an_end_goes_on_until_somebody_ends_it(cast: Cast) -> None:
    row = stop(cast, "QL-R1", day(4, 8), None)
    assert told(cast, "R-LIFE-03", GROUP, "2026-04", on=day(4, 20)) is State.EXEMPT
    assert told(cast, "R-LIFE-03", GROUP, "2026-05", on=day(5, 2)) is State.EXEMPT
    PlanStop.objects.filter(pk=row.pk).update(until_on=day(4, 20))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.MISSED


def test_an_overhaul_that_is_approved_and_still_ahead_spares_its_month_from_the_first_day_of_it(cast: Cast) -> None:
    stop(cast, "QL-R1", day(4, 6), day(4, 28))
    assert told(cast, "R-LIFE-03", GROUP, "2026-04", on=day(4, 2)) is State.EXEMPT


def test_a_committee_owes_its_meeting_in_the_months_in_which_somebody_sat_on_it(cast: Cast) -> None:
    """Elected on 10 February, dissolved on 1 May: January, May and June had none."""
    Post.objects.create(
        person=cast.person["马主任"],
        body=cast.body[BRANCH],
        role="member",
        from_on=day(2, 10),
        until_on=day(5, 1),
    )
    states = {number: told(cast, "R-LIFE-02", BRANCH, f"2026-{number:02}", on=day(7, 31)) for number in range(1, 7)}
    assert [number for number, state in states.items() if state is State.MISSED] == [2, 3, 4]
    assert {states[number] for number in (1, 5, 6)} == {State.EXEMPT}


def test_a_make_up_across_the_border_of_a_month_counts_for_the_month_it_makes_up_for(cast: Cast) -> None:
    lost = held(cast, GROUP, "group_meeting", day(3, 30), state="cancelled")
    held(cast, GROUP, "group_meeting", day(4, 2), makeup_of=lost)
    assert told(cast, "R-LIFE-03", GROUP, "2026-03") is State.OK
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.MISSED


def test_a_branch_that_is_younger_than_the_records_is_asked_for_the_quarter_it_was_set_up_in(cast: Cast) -> None:
    """The plant keeps its meetings here from 1 February; a branch set up on the 10th has lived with that from its first day."""
    since(cast, "2026-02-01")
    assert told_from_february(cast, "QL-B2") == (State.NOT_MEASURABLE, None)
    BodyState.objects.filter(body=cast.body["QL-B2"]).update(from_on=day(2, 10))
    assert told_from_february(cast, "QL-B2") == (State.MISSED, State.MISSED)


def told_from_february(cast: Cast, body: str) -> tuple[State | None, State | None]:
    """What the finding says of the assembly of the first quarter, and what the score is made of: None where it asks nothing."""
    key, rule = cast.body[body].pk, "R-LIFE-01"
    found = life_findings.judge(plant=cast.plant, on=JUNE, year=2026)
    seen = [one.state for one in found if (one.rule, one.subject.id) == (rule, key)]
    duties = score.duties(plant=cast.plant, month=Period.month(2026, 3), kinds=KINDS)
    costs = [one.found.state for one in duties if (one.one.rule.id, one.body.id) == (rule, key)]
    return next(iter(seen), None), next(iter(costs), None)


def test_a_group_that_became_a_branch_is_asked_in_each_month_what_it_was_at_its_end(cast: Cast) -> None:
    now = BodyState.objects.get(body=cast.body[GROUP])
    BodyState.objects.filter(pk=now.pk).update(until_on=day(4, 15))
    BodyState.objects.create(
        body=now.body,
        name="转炉甲班党支部",
        kind="branch",
        parent=cast.body["QL-C"],
        from_on=day(4, 15),
    )
    assert told(cast, "R-LIFE-03", GROUP, "2026-03") is State.MISSED
    assert told(cast, "R-LIFE-06", GROUP, "2026-03") is None
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is None
    assert told(cast, "R-LIFE-06", GROUP, "2026-04") is State.MISSED


def test_nobody_is_asked_before_he_was_there(cast: Cast) -> None:
    BodyState.objects.filter(body=cast.body[GROUP]).update(from_on=day(4, 1))
    assert told(cast, "R-LIFE-03", GROUP, "2026-03") is None
    assert told(cast, "R-LIFE-03", GROUP, "2026-04") is State.MISSED
