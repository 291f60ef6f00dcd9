"""What waits for a reader is found along indexes on both databases, each part stopping when it has enough."""

import datetime as dt

import pytest
from django.db import connection

from ronglu.store.models import Case, CaseParty, CaseRow
from ronglu.work.queries.waiting import Waiting
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS

__all__ = ["cast"]
TURNS = ("safety_officer", "workshop_head", "plant_head", "party_office")


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Cases of some roles in some units of both plants, among as many that are held by one person each."""
    units = [unit for code, unit in cast.unit.items() if code.startswith("QL")]
    person = cast.person["陈技术员"]
    made = Case.objects.bulk_create(
        Case(
            plant=cast.plant, loop="hazard", version=1, number=f"YH-{n:06}", title="渗水", state="found", phase="open",
            unit=units[n % len(units)], turn="fixer" if n % 2 else TURNS[n // 2 % len(TURNS)], raised_at=AT,
            holder=person if n % 2 else None, entered_at=AT, due_at=AT + (n * 7919 % 8000) * dt.timedelta(hours=1),
        )
        for n in range(6000)
    )  # fmt: skip
    CaseRow.objects.bulk_create(
        CaseRow(case=case, kind="measure", no=1, state="open", person=person, due_on=AT.date(), added_at=AT)
        for case in made[::3]
    )
    CaseParty.objects.bulk_create(CaseParty(case=case, role="fixer", person=person) for case in made[1:400:2])
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    return cast


@pytest.mark.parametrize("name", ["赵安全员", "马主任", "陈技术员", "李班长"])
def test_no_part_reads_the_whole_table_or_sorts_it(many: Cast, name: str) -> None:
    asked = Waiting(many.scope(name), LOOPS)
    for part in asked.one_by_one:
        plan = part.order_by("due_at").values("pk")[:100].explain()
        named = any(
            index in plan for index in ("case_holder", "case_turn", "case_unit_turn", "case_body_turn", "party_")
        )
        assert named, plan
        assert "Seq Scan on store_case " not in plan and "SCAN store_case" not in plan, plan
    for part in asked.together:
        plan = part.order_by().values("pk")[:100].explain()
        assert "Seq Scan on store_case " not in plan and "SCAN store_case\n" not in f"{plan}\n", plan
    assert "Seq Scan" not in str(asked.lines()[:100].explain()).split("store_caserow")[0]


def test_the_oldest_come_first_out_of_all_places(many: Cast) -> None:
    shown = Waiting(many.scope("马主任"), LOOPS).first(40)
    mine = Case.objects.filter(turn="workshop_head", unit__code__startswith="QL-R").order_by("due_at", "pk")
    assert [pk for pk, _due in shown] == list(mine.values_list("pk", flat=True)[:40])
    assert [due for _pk, due in shown] == sorted(due for _pk, due in shown)


def test_counting_stops_at_the_cap(many: Cast) -> None:
    assert Waiting(many.scope("赵安全员"), LOOPS).counted(100) == 100
    assert Waiting(many.scope("外人"), LOOPS).counted(100) == 0
    Case.objects.exclude(pk__in=Case.objects.filter(turn="safety_officer").order_by("pk").values("pk")[:7]).update(
        turn="", holder=None
    )
    assert Waiting(many.scope("赵安全员"), LOOPS).counted(100) == 7
    assert Waiting(many.scope("马主任"), LOOPS).counted(100) == 0


def test_of_more_units_than_many_the_plant_is_walked(many: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Waiting(many.scope("马主任"), LOOPS).first(40)
    monkeypatch.setattr("ronglu.work.queries.waiting.MANY", 2)
    asked = Waiting(many.scope("马主任"), LOOPS)
    assert asked.first(40) == before
    assert len(asked.one_by_one) < 5


def test_what_several_are_named_for_waits_for_each_of_them(cast: Cast) -> None:
    case = Case.objects.create(
        plant=cast.plant, loop="hazard", version=1, number="YH-1", title="渗水", state="fixing", phase="working",
        unit=cast.unit["QL-R1"], turn="fixer", raised_at=AT, entered_at=AT, due_at=AT,
    )  # fmt: skip
    for name in ("李班长", "吴师傅"):
        CaseParty.objects.create(case=case, role="fixer", person=cast.person[name])
    CaseParty.objects.create(case=case, role="owner", person=cast.person["何组长"])
    waits = {name: Waiting(cast.scope(name), LOOPS).owns(case.pk) for name in ("李班长", "吴师傅", "郑师傅", "外人")}
    assert waits == {"李班长": True, "吴师傅": True, "郑师傅": False, "外人": False}
