"""B1, B2 and B4: a duty that was missed costs, one that was kept, made up for, exempt or accounted for costs nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.facts import civil, gatherings
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, Closing, Finding, Gathering, Partition, PlanStop, Post, SheetVersion
from ronglu.tasks.assess import assess_month
from ronglu.work import closings, findings, gathering_facts, partitions
from tests.cast import SINCE, Cast, cast  # noqa: F401
from tests.facts.gathered import figures, gathering
from tests.facts.plant_month import SHIFTS
from tests.facts.scored import lines, result, same_in_the_kernel

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = (Period.month(2026, n) for n in (1, 2, 3))
AT = dt.datetime(2026, 4, 12, 9)
GROUPS = ("QL-B1-甲", "QL-B1-乙", "QL-B2-甲")
BRANCHES = ("QL-B1", "QL-B2", "QL-B3")


@pytest.fixture(autouse=True)
def _day(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-12"
    CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(pack_of(cast.plant.code).sheet.declaration), digest="x",
        published_at=AT,
    )  # fmt: skip


def day(number: int, month: int = 3) -> dt.date:
    return dt.date(2026, month, number)


def quarter(cast: Cast, *without: tuple[str, str]) -> dict[tuple[str, str], Gathering]:
    """All that March and its quarter ask of the cast, but for some; the plant keeps its meetings here from January on."""
    keep_from(cast, "2026-01-01")
    asked = [(group, "group_meeting") for group in GROUPS]
    asked += [(branch, kind) for branch in BRANCHES for kind in ("assembly", "theme_day")]
    made = {spot: gathering(cast, *spot, day(18)) for spot in asked if spot not in without}
    for (_body, kind), one in made.items():
        if kind != "assembly":
            figures(one)
    return made


def keep_from(cast: Cast, text: str) -> None:
    cast.plant.settings["life_from"] = text
    cast.plant.save()


def scored(cast: Cast, item: str, body: str = "QL-B1") -> tuple[str, int | None]:
    found = result(assess_month(plant=cast.plant, month=MARCH, at=AT), item, body)
    assert found.state == "not_wired" or same_in_the_kernel(found)
    return found.state, found.won


def test_what_was_due_and_held_costs_nothing(cast: Cast) -> None:
    """The branch: its assembly of the quarter and two groups' meetings; no committee, so no meeting of one is due."""
    quarter(cast)
    run = assess_month(plant=cast.plant, month=MARCH, at=AT)
    assert sorted(lines(result(run, "B1"))) == [("missed", 0, 1)] * 3
    assert [(i, result(run, i).won) for i in ("B1", "B2", "B4")] == [("B1", 800), ("B2", 400), ("B4", 500)]


def test_each_meeting_missed_without_a_reason_costs_two_points_of_b1(cast: Cast) -> None:
    """8 − 2 × 2: a group's meeting and the assembly of the quarter."""
    quarter(cast, ("QL-B1-乙", "group_meeting"), ("QL-B1", "assembly"))
    assert scored(cast, "B1") == ("scored", 400)
    assert scored(cast, "B1", "QL-B2") == ("scored", 800)


def test_holding_more_earns_nothing_and_a_meeting_that_was_not_closed_was_not_held(cast: Cast) -> None:
    quarter(cast, ("QL-B1-乙", "group_meeting"))
    for number in range(1, 9):
        gathering(cast, "QL-B1-甲", "group_meeting", day(number))
    gathering(cast, "QL-B1-乙", "group_meeting", day(20), state="open")
    assert scored(cast, "B1") == ("scored", 600)


def test_a_session_that_makes_up_for_a_missed_one_counts_for_that_month_and_for_no_other(cast: Cast) -> None:
    """Called off on 30 March, held on 2 April: March has it, April does not."""
    quarter(cast, ("QL-B1-乙", "group_meeting"))
    off = gathering(cast, "QL-B1-乙", "group_meeting", day(30), state="cancelled", reason="抢修")
    assert scored(cast, "B1") == ("scored", 600)
    gathering_facts.touch(gathering(cast, "QL-B1-乙", "group_meeting", day(2, 4), makeup_of=off))
    assert scored(cast, "B1") == ("scored", 800)
    april = gatherings.rows(plant=cast.plant, month=MARCH + 1, loops={})
    assert [row["num"] for row in april if row["label"].startswith("转炉乙班") and row["fact"] == "duty_due"] == [1]


def test_a_session_for_those_who_could_not_come_is_no_meeting_of_its_own(cast: Cast) -> None:
    main = quarter(cast, ("QL-B1-甲", "group_meeting"))["QL-B1-乙", "group_meeting"]
    gathering(cast, "QL-B1-甲", "group_meeting", day(19), makeup_of=main)
    assert scored(cast, "B1") == ("scored", 600)


def test_a_reason_the_party_office_accepted_spares_the_points_and_stays_on_record(cast: Cast) -> None:
    """Cancelling with words of one's own spares nothing; the reason accepted on the finding does."""
    quarter(cast, ("QL-B1-乙", "group_meeting"))
    gathering(cast, "QL-B1-乙", "group_meeting", day(18), state="cancelled", reason="忙")
    assert scored(cast, "B1") == ("scored", 600)
    found = Finding.objects.get(rule="R-LIFE-03", subject=f"body:{cast.body['QL-B1-乙'].pk}:2026-03")
    findings.give_reason(finding=found, reason="全员抢修转炉", by=cast.account["孙干事"], at=AT)
    assert scored(cast, "B1") == ("scored", 800)
    assert scored(cast, "B4") == ("scored", 500)


def test_no_reason_is_accepted_after_the_month_is_closed(cast: Cast) -> None:
    quarter(cast, ("QL-B1-乙", "group_meeting"))
    gathering(cast, "QL-B1-乙", "group_meeting", day(18), state="cancelled", reason="忙")
    run = assess_month(plant=cast.plant, month=MARCH, at=AT)
    found = Finding.objects.get(rule="R-LIFE-03", subject=f"body:{cast.body['QL-B1-乙'].pk}:2026-03")
    Closing.objects.create(
        plant=cast.plant, month=202603, run=run, state="closed", proposed_by=cast.account["孙干事"], proposed_at=AT,
        closed_by=cast.account["高书记"], closed_at=AT,
    )  # fmt: skip
    with pytest.raises(closings.Closed, match="2026-03 已关账"):
        findings.give_reason(finding=found, reason="全员抢修", by=cast.account["孙干事"], at=AT)


def test_weeks_of_approved_standstill_exempt_a_group_and_its_branch(cast: Cast) -> None:
    """20 days of March stood still: nothing monthly was due; the assembly of the quarter was."""
    quarter(cast, ("QL-B1-乙", "group_meeting"), ("QL-B1-甲", "group_meeting"), ("QL-B1", "theme_day"))
    stop = PlanStop.objects.create(
        unit=cast.unit["QL-R1"], from_on=day(5), until_on=day(25), reason="大修", set_by=cast.account["马主任"]
    )
    assert scored(cast, "B1") == ("scored", 400)
    PlanStop.objects.filter(pk=stop.pk).update(approved_by=cast.account["高书记"])
    Partition.objects.filter(fact="gatherings").delete()
    assert scored(cast, "B1") == ("scored", 800)
    assert scored(cast, "B2") == ("nothing", 400)
    assert scored(cast, "B4") == ("nothing", 500)


@pytest.mark.parametrize("seats", [("member",), ("deputy",)])
def test_a_branch_with_a_committee_owes_its_monthly_meeting(cast: Cast, seats: tuple[str, ...]) -> None:
    quarter(cast)
    for role in seats:
        Post.objects.create(person=cast.person["马主任"], body=cast.body["QL-B1"], role=role, from_on=SINCE)
    assert scored(cast, "B1") == ("scored", 600 if "member" in seats else 800)


@pytest.mark.parametrize(
    ("tie", "won"),
    [({}, 300), ({"source": "case"}, 400), ({"source": "study"}, 300), ({"indicator": "cu_recovery"}, 400)],
)
def test_a_theme_day_without_any_tie_to_the_work_costs_one_point_and_none_at_all_costs_two(
    cast: Cast, tie: dict[str, str], won: int
) -> None:
    party_day = quarter(cast, ("QL-B2", "theme_day"))["QL-B1", "theme_day"]
    party_day.agenda.all().delete()
    party_day.agenda.create(no=1, block="study", kind="study", title="学习", **tie)
    assert scored(cast, "B2") == ("scored", won)
    assert scored(cast, "B2", "QL-B2") == ("scored", 200)


@pytest.mark.covers("S3-09")
@pytest.mark.parametrize(
    ("shown", "won", "said"),
    [
        ({}, 500, "三亮齐全"), ({"said": "  "}, 400, "没有亮措施"), ({"gap": ""}, 400, "没有亮差距"), ({"progress": ""}, 400, "没有亮进度"),
        (None, 400, "没有联系指标"),
    ],
)  # fmt: skip
def test_each_group_that_did_not_show_all_three_costs_one_point_of_b4(
    cast: Cast, shown: dict[str, str] | None, won: int, said: str
) -> None:
    one = quarter(cast)["QL-B1-甲", "group_meeting"]
    one.agenda.all().delete()
    if shown is not None:
        figures(one, **shown)
    found = result(assess_month(plant=cast.plant, month=MARCH, at=AT), "B4")
    assert found.won == won
    assert f"转炉甲班党小组：{said}" in [line["label"] for line in found.basis["lines"]]


def test_a_plant_that_set_no_day_is_not_wired_however_many_try_it_out_and_the_day_asks_nothing_of_the_time_before(
    cast: Cast,
) -> None:
    """From 1 February on: March is asked in full, the quarter that had begun before is not."""
    gathering(cast, "QL-B1-甲", "group_meeting", day(10, 2))
    assert scored(cast, "B1") == ("not_wired", None)
    assert gatherings.unwritten(cast.plant, [MARCH]) == []
    keep_from(cast, "2026-02-01")
    run = assess_month(plant=cast.plant, month=MARCH, at=AT)
    assert [line["label"] for line in result(run, "B1").basis["lines"] if line["num"]] == [
        "转炉甲班党小组：2026年3月党小组会 0 次",
        "转炉乙班党小组：2026年3月党小组会 0 次",
    ]
    assert result(run, "A1").state == "not_wired", "relays are another noun, though their fact is duty_due too"
    assert civil.kept(plant=cast.plant, loops={}, last=JANUARY.last).isdisjoint(gatherings.FACTS)


def test_closing_a_meeting_marks_its_month_and_the_quarter_the_rules_look_at(cast: Cast) -> None:
    gathering_facts.touch(gathering(cast, "QL-B1", "assembly", day(9, 1)))
    marked = Partition.objects.filter(fact="gatherings").values_list("month", flat=True)
    assert sorted(marked) == [202601, 202603, 202606, 202612]


def test_a_rule_the_plant_edits_writes_the_month_again(cast: Cast) -> None:
    quarter(cast)
    run = assess_month(plant=cast.plant, month=MARCH, at=AT)
    assert not partitions.moved_on(run)
    cast.plant.settings["org_rules"] = [{"rule": "R-LIFE-03", "values": {"times": "2"}, "from_on": "2026-01-01"}]
    cast.plant.save()
    assert scored(cast, "B1") == ("scored", 400), "each group met once where the plant asks for twice"
