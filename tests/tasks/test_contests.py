"""A contest from its declaration to its final result: refused when late, counted from readings, tied within the noise."""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ronglu.cli.verify import command as verify
from ronglu.config.plant import pack_of
from ronglu.kernel.standing.contest import ContestTrouble, Terms, Weight, digest
from ronglu.store.models import (
    AuditEntry,
    Case,
    Contest,
    ContestResult,
    Halt,
    Plan,
    PlanStop,
    SafetyEvent,
    ShiftRow,
)
from ronglu.tasks import contests as worker
from ronglu.work import contests
from ronglu.work.queries import contests as queries
from tests.cast import Cast, cast  # noqa: F401
from tests.work.contested import AFTER, COAL, DRAFTED, FEED, FIRST, Raced, raced

WAITED = dt.datetime(2026, 4, 4, 9)
"""The third working day after the last of March is over: no reading is waited for any more."""
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"


def counted(made: Raced, **changed: object) -> ContestResult:
    contest = made.declared(**changed)
    worker.tend(plant=made.cast.plant, at=dt.datetime(2026, 3, 1, 9))
    worker.tend(plant=made.cast.plant, at=AFTER)
    worker.tend(plant=made.cast.plant, at=WAITED)
    contest.refresh_from_db()
    return contest.results.get()


def team(result: ContestResult, letter: str) -> dict[str, Any]:
    return next(one for one in result.outcome["teams"] if letter in one["name"])


@pytest.mark.covers("S0-23")
def test_a_contest_runs_from_draft_to_final_by_the_clock(cast: Cast) -> None:
    made = raced(cast)
    contest = made.declared()
    states = []
    for at in (DRAFTED, dt.datetime(2026, 3, 1, 9), AFTER, dt.datetime(2026, 4, 4, 9), dt.datetime(2026, 4, 5, 9)):
        worker.tend(plant=cast.plant, at=at)
        contest.refresh_from_db()
        states.append(contest.state)
    assert states == ["declared", "running", "provisional", "provisional", "final"]
    assert contest.appeal_until == dt.date(2026, 4, 4)
    assert contest.results.count() == 1


@pytest.mark.covers("S0-23")
def test_crews_that_differ_by_chance_alone_share_the_first_place(cast: Cast) -> None:
    result = counted(raced(cast))
    assert {(one["place"], one["tied"]) for one in result.outcome["teams"]} == {(1, 4)}


@pytest.mark.covers("S0-23")
def test_a_crew_that_feeds_a_tenth_more_every_shift_is_first_alone(cast: Cast) -> None:
    result = counted(raced(cast, lead=10))
    assert (team(result, "甲")["place"], team(result, "甲")["tied"]) == (1, 1)
    low, high = (Decimal(end) for end in team(result, "甲")["by"]["SM-01"]["effect"][1:])
    # 10 t more than each of three others is 7.5 t more than the mean of the four
    assert low < Decimal("7.5") < high


@pytest.mark.covers("S0-23")
def test_a_contest_that_has_begun_is_not_declared_any_more(cast: Cast) -> None:
    made = raced(cast)
    contest = made.drafted()
    late = dt.datetime(2026, 3, 1, 0, 5)
    with pytest.raises(ContestTrouble, match="开始前宣布"):
        contests.declare(contest=contest, known=made.known, by=cast.account["马主任"], at=late)
    with pytest.raises(ContestTrouble, match="开始前宣布"):
        contests.draft(
            plant=cast.plant, unit=contest.unit, title="迟", terms=made.terms(), known=made.known,
            by=cast.account["冯主席"], at=late,
        )  # fmt: skip
    assert Contest.objects.get().state == "draft"


@pytest.mark.covers("S0-23")
def test_who_drafted_it_does_not_declare_it_and_what_was_declared_is_only_withdrawn(cast: Cast) -> None:
    made = raced(cast)
    contest = made.drafted()
    with pytest.raises(ContestTrouble, match="另一人宣布"):
        contests.declare(contest=contest, known=made.known, by=cast.account["冯主席"], at=DRAFTED)
    contests.declare(contest=contest, known=made.known, by=cast.account["马主任"], at=DRAFTED)
    with pytest.raises(ContestTrouble, match="不能再宣布"):
        contests.declare(contest=contest, known=made.known, by=cast.account["孙干事"], at=DRAFTED)
    with pytest.raises(ContestTrouble, match="原因"):
        contests.withdraw(contest=contest, reason=" ", by=cast.account["马主任"], at=DRAFTED)
    contests.withdraw(contest=contest, reason="设备大修提前", by=cast.account["马主任"], at=DRAFTED)
    contest.refresh_from_db()
    assert (contest.state, contest.reason, len(contest.digest)) == ("withdrawn", "设备大修提前", 64)
    verbs = AuditEntry.objects.filter(verb__startswith="contests.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["contests.draft", "contests.declare", "contests.withdraw"]


def test_terms_that_cannot_be_held_are_refused_with_every_fault(cast: Cast) -> None:
    made = raced(cast)
    wrong = made.terms(
        teams=made.teams[:1], weights=(Weight("SM-01", 50), Weight("SM-10", 40)), covariates=("SM-01",), appeal_days=0
    )
    with pytest.raises(ContestTrouble) as told:
        contests.draft(
            plant=cast.plant, unit=cast.unit["QL-R1"], title="错", terms=wrong, known=made.known, by=cast.account["冯主席"],
            at=DRAFTED,
        )  # fmt: skip
    said = str(told.value)
    for words in ("至少要有两个队", "合计应为 100%", "不能逐班累计", "只能选一样", "申诉期"):
        assert words in said


@pytest.mark.covers("S0-23")
def test_scores_come_from_the_readings_of_each_crews_own_shifts(cast: Cast) -> None:
    """甲 stood 23 or 24 shifts of March; its feed is the sum of those readings, its coal rate the ratio of their sums."""
    made = raced(cast)
    result = counted(made)
    mine = [row for (code, day, _no), row in made.rows.items() if row.letter == "甲" and day >= FIRST and code == FEED]
    coal = [row for (code, day, _no), row in made.rows.items() if row.letter == "甲" and day >= FIRST and code == COAL]
    feed = sum(row.value for row in mine)
    one = team(result, "甲")
    assert one["stood"] == one["shifts"] == len(mine)
    assert Decimal(one["by"]["SM-01"]["value"]) == (Decimal(feed) / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rate = Decimal(sum(row.value for row in coal)) / 10 / (Decimal(feed) / 1000)
    assert Decimal(one["by"]["SM-02"]["value"]) == rate.quantize(Decimal("0.01"), ROUND_HALF_UP)
    # 303 t a day over three shifts: 101 t a shift
    assert Decimal(one["by"]["SM-01"]["plan"]) == 101 * len(mine)


@pytest.mark.covers("S0-23")
def test_shifts_of_an_approved_planned_stop_are_left_out_and_said_to_be(cast: Cast) -> None:
    made = raced(cast)
    PlanStop.objects.create(
        unit=cast.unit["QL-R1"], from_on=dt.date(2026, 3, 10), until_on=dt.date(2026, 3, 12), reason="换炉口",
        approved_by=cast.account["马主任"],
    )  # fmt: skip
    PlanStop.objects.create(
        unit=cast.unit["QL-R1"], from_on=dt.date(2026, 3, 20), until_on=dt.date(2026, 3, 21), reason="未批准"
    )
    result = counted(made)
    assert result.outcome["out"] == [["计划停产：换炉口", 6]]
    assert sum(one["stood"] for one in result.outcome["teams"]) == 31 * 3 - 6


def halted(cast: Cast, ends: dt.time = dt.time(17)) -> None:
    """From ten minutes before the change of shift, logged by the crew alone."""
    day = dt.date(2026, 3, 10)
    Halt.objects.create(
        unit=cast.unit["QL-R1"], starts_at=dt.datetime.combine(day, dt.time(15, 50)), kind="planned", reason="clean", state="over",
        ends_at=dt.datetime.combine(day, ends), words="清炉", logged_by=cast.account["李班长"], logged_at=AFTER,
    )  # fmt: skip


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize(("ends", "told"), [(dt.time(17), 1), (dt.time(16, 20), 0)])
def test_a_halt_that_a_crew_alone_called_planned_leaves_no_shift_out_and_is_told(
    cast: Cast, ends: dt.time, told: int
) -> None:
    """An hour of the second shift, of which half would be too little to speak of: no crew takes its own shift out."""
    made = raced(cast)
    halted(cast, ends)
    PlanStop.objects.create(
        unit=cast.unit["QL-R1"], from_on=dt.date(2026, 3, 10), until_on=dt.date(2026, 3, 11), reason="未批准"
    )
    result = counted(made)
    letter = ShiftRow.objects.get(unit=cast.unit["QL-R1"], day=dt.date(2026, 3, 10), shift_no=2).letter
    assert result.outcome["out"] == []
    assert result.outcome.get("halted", []) == [["2026-03-10", "中", f"转炉{letter}班", "清炉"]] * told
    assert sum(one["stood"] for one in result.outcome["teams"]) == 31 * 3
    assert worker.replayed(result)


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize("unit", ["QL-R1", "QL-R", "QL"])
def test_an_approved_stop_of_the_line_or_of_what_it_stands_under_leaves_its_shifts_out(cast: Cast, unit: str) -> None:
    made = raced(cast)
    halted(cast)
    PlanStop.objects.create(
        unit=cast.unit[unit], from_on=dt.date(2026, 3, 10), until_on=dt.date(2026, 3, 11), reason="清炉",
        approved_by=cast.account["马主任"],
    )  # fmt: skip
    result = counted(made)
    assert result.outcome["out"] == [["计划停产：清炉", 3]]
    assert "halted" not in result.outcome


@pytest.mark.covers("S0-23")
def test_a_result_of_the_time_when_a_planned_halt_was_enough_is_replayed_as_it_stood(cast: Cast) -> None:
    result = counted(raced(cast))
    inputs = json.loads(json.dumps(result.inputs))
    next(one for one in inputs["shifts"] if one["day"] == "2026-03-10")["out"] = "计划停机：清炉"
    terms = Terms.of(result.contest.terms)
    old = ContestResult(
        contest=result.contest, inputs=inputs, digest=digest(inputs), outcome=worker.outcome(inputs, terms)
    )
    assert old.outcome["out"] == [["计划停机：清炉", 1]]
    assert set(old.outcome) == {"noise", "chance", "covariates", "dropped", "out", "unread", "teams"}
    assert worker.replayed(old)


@pytest.mark.covers("S0-23")
def test_a_reading_that_is_missing_is_a_shift_less_not_a_shift_of_nought(cast: Cast) -> None:
    made = raced(cast)
    row = next(r for (code, on, _no), r in made.rows.items() if code == FEED and on >= FIRST and r.letter == "甲")
    row.delete()
    result = counted(made)
    one = team(result, "甲")
    assert (one["stood"] - one["shifts"], result.outcome["unread"]) == (1, 1)
    assert Decimal(one["by"]["SM-01"]["plan"]) == 101 * one["shifts"]


@pytest.mark.covers("S0-23")
def test_a_confirmed_recordable_event_costs_the_first_place_and_a_near_miss_does_not(cast: Cast) -> None:
    made = raced(cast, lead=10)
    for kind, crew in (("minor", "甲"), ("near_miss", "乙")):
        SafetyEvent.objects.create(
            plant=cast.plant, unit=cast.unit[f"QL-R1-{crew}"], day=dt.date(2026, 3, 9), kind=kind, state="confirmed",
            words="擦伤", reported_by=cast.account["李班长"], reported_at=AFTER,
        )  # fmt: skip
    result = counted(made)
    assert (team(result, "甲")["place"], team(result, "甲")["barred"]) == (4, True)
    assert {team(result, other)["place"] for other in "乙丙丁"} == {1}


@pytest.mark.covers("S0-23")
def test_improvement_is_measured_against_each_crews_own_february(cast: Cast) -> None:
    result = counted(raced(cast), improvement=Decimal("0.30"))
    one = team(result, "乙")
    assert one["by"]["SM-01"]["before"] is not None and one["better_ppb"] is not None
    # Σ: 70 % level, 30 % improvement, in hundredths of 100
    assert one["points_h"] == (70 * one["level_ppb"] + 30 * one["better_ppb"] + 5_000_000) // 10_000_000


@pytest.mark.covers("S0-23")
def test_a_result_replays_digit_by_digit_and_a_corrected_reading_makes_another_version(cast: Cast) -> None:
    made = raced(cast, lead=10)
    first = counted(made)
    assert worker.replayed(first)
    made.correct(FEED, dt.date(2026, 3, 5), 1, 1)
    assert worker.replayed(ContestResult.objects.get(pk=first.pk))
    again = worker.count(contest=first.contest, cause="读数更正", at=dt.datetime(2026, 4, 3, 9))
    assert (again.version, again.digest == first.digest) == (2, False)
    contest = Contest.objects.get()
    assert contest.appeal_until == dt.date(2026, 4, 6)
    forged = ContestResult(contest=contest, inputs=first.inputs, digest=again.digest, outcome=first.outcome)
    assert not worker.replayed(forged)


@pytest.mark.covers("S0-23")
def test_a_finished_contest_is_replayed_to_the_digit_whatever_became_of_its_readings(cast: Cast) -> None:
    """Final, its readings corrected and a plan removed afterwards: from what was kept every digit comes out again."""
    made = raced(cast, lead=10)
    contest = counted(made).contest
    worker.tend(plant=cast.plant, at=dt.datetime(2026, 4, 5, 9))
    contest.refresh_from_db()
    assert contest.state == "final"
    made.correct(FEED, dt.date(2026, 3, 5), 1, 1)
    Plan.objects.filter(unit=cast.unit["QL-R1"]).delete()
    kept = ContestResult.objects.get(contest=contest)
    again = worker.outcome(kept.inputs, Terms.of(contest.terms))
    assert json.dumps(again, sort_keys=True) == json.dumps(kept.outcome, sort_keys=True)
    assert worker.replayed(kept)
    # one digit of one effect told otherwise is found
    kept.outcome["teams"][0]["effect"] = kept.outcome["teams"][0]["effect"][:-1] + "x"
    assert not worker.replayed(kept)


@pytest.mark.covers("S0-23")
def test_an_open_appeal_keeps_the_result_from_becoming_final(cast: Cast) -> None:
    contest = counted(raced(cast)).contest
    loops = pack_of(cast.plant.code).loops
    case = contests.appeal(
        contest=contest, what="三月五日夜班缺数", wish="补数后重算", loops=loops, by=cast.account["李班长"], at=AFTER
    )
    assert case.loop == "appeal" and case.data["against"] == "contest"
    late = dt.datetime(2026, 4, 8, 9)
    worker.tend(plant=cast.plant, at=late)
    contest.refresh_from_db()
    assert contest.state == "provisional"
    Case.objects.filter(pk=case.pk).update(phase="closed", state="upheld")
    worker.tend(plant=cast.plant, at=late)
    contest.refresh_from_db()
    assert contest.state == "final"
    with pytest.raises(ContestTrouble, match="公示期内"):
        contests.appeal(contest=contest, what="迟", wish="", loops=loops, by=cast.account["李班长"], at=late)


@pytest.mark.covers("S0-25")
def test_what_a_contest_shows_becomes_a_training_item_of_the_crew(cast: Cast) -> None:
    contest = counted(raced(cast)).contest
    case = contests.train(
        contest=contest, unit=cast.unit["QL-R1-乙"], what="向甲班学配煤", finish_by=dt.date(2026, 4, 30),
        loops=pack_of(cast.plant.code).loops, by=cast.account["马主任"], at=AFTER,
    )  # fmt: skip
    assert (case.loop, case.title, case.unit_id) == ("action", "培训：向甲班学配煤", cast.unit["QL-R1-乙"].pk)
    assert [one.pk for one in queries.trainings(contest=contest)] == [case.pk]


@pytest.mark.covers("S0-23")
def test_lines_compete_each_as_its_own_team(cast: Cast) -> None:
    """Two lines with a plan each; who is above his own plan leads, whatever the size of his line."""
    made = raced(cast)
    line = cast.unit["QL-F1"]
    terms = made.terms(kind="unit", teams=(cast.unit["QL-R1"].pk, line.pk))
    assert terms.problems(made.known) == []
    result = counted(made, kind="unit", teams=(cast.unit["QL-R1"].pk, line.pk))
    # the refining line reports nothing of this: it is not ranked, and nobody wins against it
    assert [(one["place"], one["shifts"]) for one in result.outcome["teams"]] == [(None, 93), (None, 0)]


@pytest.mark.covers("S0-23")
def test_the_operator_replays_every_kept_result(cast: Cast) -> None:
    result = counted(raced(cast))
    asked = ["--plant", cast.plant.code, "--replay"]
    assert CliRunner().invoke(verify, asked).exit_code == 0
    ContestResult.objects.create(
        contest=result.contest, version=2, cause="改过", inputs=result.inputs, digest=result.digest,
        outcome=result.outcome | {"noise": "0"}, made_at=AFTER,
    )  # fmt: skip
    told = CliRunner().invoke(verify, asked)
    assert told.exit_code == 1 and "第 2 次结果" in told.output
