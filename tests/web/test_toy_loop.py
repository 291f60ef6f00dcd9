"""A loop that nobody has written a line of code for: its declaration alone gives it a list, a page, moves, deadlines, an inbox
row, facts and permissions.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ronglu.config import plant
from ronglu.facts import cases as facts
from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import ANYONE, RAISER, Clock, Column, Loop, Move, Party, Phase, Raise, State
from ronglu.kernel.loops.problems import problems
from ronglu.kernel.time.period import Period
from ronglu.packs import loops as registry
from ronglu.store.models import CalendarRow, Case, Notice
from ronglu.work import cases_clock
from ronglu.work.roles import roles
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import SHIFTS

LOST = Loop(
    code="lost",
    version=1,
    label="失物",
    en="Lost property",
    prefix="SW",
    source="test",
    status="D",
    fields=(
        Field(code="thing", label="什么东西", en="Thing"),
        Field(code="size", label="大小", en="Size", kind=Kind.CHOICE, choices=(
            Choice("small", "小件", "Small"), Choice("big", "大件", "Big"),
        )),
        Field(code="shelf", label="放在哪", en="Shelf"),
    ),
    parties=(Party(code="keeper", label="保管人", en="Keeper", works=True),),
    raising=Raise(by=(ANYONE,), to="found", needs=("thing",), asks=("size",)),
    states=(
        State(code="found", label="待收存", en="Found", phase=Phase.OPEN, due=Due(2), turn=("crew_leader",)),
        State(code="kept", label="保管中", en="Kept", phase=Phase.WORKING, due=Due(5), turn=("keeper",)),
        State(code="claimed", label="待核对", en="Claimed", phase=Phase.VERIFYING, due=Due(1), turn=("crew_leader",)),
        State(code="back", label="已归还", en="Returned", phase=Phase.CLOSED),
        State(code="gone", label="无人认领", en="Unclaimed", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="keep", label="收存", en="Keep", source=("found",), to="kept", by=("crew_leader",), needs=("shelf",),
             assigns=("keeper",), main=True),
        Move(code="claim", label="有人认领", en="Claim", source=("kept",), to="claimed", by=("keeper",), main=True),
        Move(code="give", label="核对归还", en="Give back", source=("claimed",), to="back", by=("crew_leader", "keeper"), main=True),
        Move(code="drop", label="无人认领", en="Give up", source=("kept",), to="gone", by=("keeper", RAISER), reason=True),
    ),
    ladder=(Rung(days=0, tell=("keeper",), label="到期还没有人领"),),
    clocks=(Clock(code="taken_in", label="按期收存", en="Taken in on time", states=("found",), fact="lost"),),
    ledger=(Column("编号", "number"), Column("物品", "thing"), Column("放在", "shelf"), Column("保管人", "party:keeper")),
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_more_loop(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """As if a folder and a line had been added: the registry finds it, everything else is as it was."""
    settings.TODAY = "2026-03-10"
    read = registry.read
    monkeypatch.setattr(registry, "read", lambda found: {**read(found), "lost": LOST})
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    plant.packs.cache_clear()
    plant.pack_of.cache_clear()


def get(cast: Cast, name: str, page: str, *args: Any) -> HttpResponse:
    return cast.login(Client(), name).get(reverse(page, args=args))  # type: ignore[return-value]


def post(cast: Cast, name: str, page: str, *args: Any, **data: Any) -> str:
    return cast.login(Client(), name).post(reverse(page, args=args), data, follow=True).content.decode()


def raised(cast: Cast) -> Case:
    place = f"unit:{cast.unit['QL-R1-甲'].pk}"
    post(cast, "吴师傅", "case_new", "lost", **{"case-place": place, "thing": "蓝色保温杯", "size": "small"})
    return Case.objects.get(loop="lost")


def test_the_declaration_is_a_good_one() -> None:
    assert problems(LOST, frozenset(roles().roles)) == ()


def test_it_has_a_list_a_board_a_ledger_and_a_page(cast: Cast) -> None:
    case = raised(cast)
    assert (case.number, case.title) == ("SW-2026-0001", "蓝色保温杯")
    for page, args in (
        ("cases", ()),
        ("cases_loop", ("lost",)),
        ("cases_board", ("lost",)),
        ("cases_ledger", ("lost",)),
    ):
        assert "失物" in get(cast, "李班长", page, *args).content.decode(), page
    page = get(cast, "李班长", "case", case.pk).content.decode()
    assert "什么东西" in page and "小件" in page and "现在轮到您" in page


def test_it_walks_to_its_end_by_its_own_moves_and_never_closes_alone(cast: Cast) -> None:
    case = raised(cast)
    post(cast, "李班长", "case_move", case.pk, "keep", **{"case-seen": 0, "shelf": "班房柜", "keeper": "李班长"})
    post(cast, "李班长", "case_move", case.pk, "claim", **{"case-seen": 1})
    assert "这一件由您办理，“核对归还”须由另一人" in get(cast, "李班长", "case", case.pk).content.decode()
    assert "这一件由您办理" in post(cast, "李班长", "case_move", case.pk, "give", **{"case-seen": 2})
    case.refresh_from_db()
    assert (case.state, case.phase, case.holder) == ("claimed", "verifying", None)


def test_its_deadlines_run_in_working_days_and_its_ladder_is_climbed(cast: Cast) -> None:
    case = raised(cast)
    assert case.due_at == dt.datetime(2026, 3, 13)  # two working days after Tuesday the 10th, to the end of Thursday
    post(cast, "李班长", "case_move", case.pk, "keep", **{"case-seen": 0, "shelf": "班房柜", "keeper": "何组长"})
    case.refresh_from_db()
    assert case.due_at == dt.datetime(2026, 3, 18)
    cases_clock.tend_cases(loops=plant.packs().loops, at=case.due_at)
    assert [n.text for n in Notice.objects.filter(kind="rung", person=cast.person["何组长"])] == [
        "到期还没有人领：失物 SW-2026-0001 蓝色保温杯，期限 2026-03-17"
    ]


def test_it_stands_in_the_inbox_of_whose_turn_it_is(cast: Cast) -> None:
    raised(cast)
    assert "蓝色保温杯" in get(cast, "李班长", "inbox").content.decode()
    assert "蓝色保温杯" not in get(cast, "郑师傅", "inbox").content.decode()


def test_it_is_seen_by_those_of_the_place_and_by_nobody_else(cast: Cast) -> None:
    case = raised(cast)
    found = {name: get(cast, name, "case", case.pk).status_code for name in cast.names}
    assert {name for name, code in found.items() if code == 200} == {
        "吴师傅", "李班长", "王书记", "何组长", "马主任", "周统计员", "陈技术员", "赵安全员", "孙干事", "冯主席", "高书记",
    }  # fmt: skip
    assert {found[name] for name in ("郑师傅", "邻厂书记", "外人")} == {404}
    assert {found[name] for name in ("系统管理员", "安全管理员", "审计员", "集团")} == {403}


def test_its_clock_makes_facts(cast: Cast) -> None:
    CalendarRow.objects.create(plant=cast.plant, from_on=dt.date(2026, 1, 1), day_starts=dt.time(8), shifts=SHIFTS)
    case = raised(cast)
    post(cast, "李班长", "case_move", case.pk, "keep", **{"case-seen": 0, "shelf": "班房柜", "keeper": "何组长"})
    rows = facts.rows(plant=cast.plant, month=Period.parse("2026-03"), loops=plant.packs().loops)
    assert [(row["fact"], row["record"], row["state"], row["day"]) for row in rows] == [
        ("lost", "SW-2026-0001", "kept", dt.date(2026, 3, 12))
    ]
