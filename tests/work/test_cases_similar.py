"""What reads like a new case: in Chinese, by pairs of characters, among what the writer may see."""

from ronglu.store.models import Case
from ronglu.work.queries.cases_similar import before, similar
from tests.cast import Cast, cast  # noqa: F401
from tests.work.loops_cast import HAZARD, LOOPS, report

WET = "烟罩法兰渗水"


def found(cast: Cast, name: str, text: str, unit: str = "QL-F1") -> list[tuple[str, bool]]:
    place = ("unit", cast.unit[unit].pk)
    rows = similar(scope=cast.scope(name), loop=HAZARD, plant=cast.plant, text=text, place=place)
    return [(one.case.title, one.here) for one in rows]


def test_the_same_place_needs_less_likeness_and_comes_first(cast: Cast) -> None:
    report(cast, given={"kind": "equipment", "what": WET}, unit=cast.unit["QL-R1"])
    report(cast, given={"kind": "equipment", "what": "水套法兰有水"}, unit=cast.unit["QL-F1"])
    assert found(cast, "赵安全员", "法兰渗水") == [("水套法兰有水", True), (WET, False)]


def test_what_is_over_or_of_another_loop_or_not_for_him_is_not_asked_about(cast: Cast) -> None:
    case = report(cast, given={"kind": "equipment", "what": WET}).case
    assert found(cast, "郑师傅", WET) == []
    Case.objects.filter(pk=case.pk).update(phase="closed")
    assert found(cast, "赵安全员", WET) == []


def idea(cast: Cast, what: str, **row: object) -> Case:
    case = report(cast, loop=LOOPS["idea"], given={"what": what}, unit=cast.unit["QL-R1"]).case
    Case.objects.filter(pk=case.pk).update(**row)
    case.refresh_from_db()
    return case


def asked_first(cast: Cast, name: str, case: Case) -> list[str]:
    return [one.case.title for one in before(scope=cast.scope(name), loop=LOOPS["idea"], case=case)]


def test_who_decides_on_an_idea_sees_what_was_done_and_what_was_declined_before(cast: Cast) -> None:
    idea(cast, "包子加盖板", phase="closed", state="done")
    idea(cast, "包子加盖板试试", phase="dropped", state="declined")
    idea(cast, "换一台大风机")
    new = idea(cast, "包子加盖")
    # 包子 子加 加盖 against 包子 子加 加盖 盖板 (6 of 7) and 包子 子加 加盖 盖板 板试 试试 (6 of 9); the new one itself is not among them
    assert asked_first(cast, "王书记", new) == ["包子加盖板", "包子加盖板试试"]


def test_a_raiser_sees_what_was_carried_out_but_not_what_was_declined(cast: Cast) -> None:
    idea(cast, "包子加盖板", phase="closed", state="done")
    idea(cast, "包子加盖板试试", phase="dropped", state="declined")
    rows = similar(scope=cast.scope("王书记"), loop=LOOPS["idea"], plant=cast.plant, text="包子加盖")
    assert [one.case.title for one in rows] == ["包子加盖板"]


def test_nothing_is_shown_once_it_is_decided_nor_beside_what_is_confidential(cast: Cast) -> None:
    idea(cast, "包子加盖板")
    assert asked_first(cast, "王书记", idea(cast, "包子加盖", phase="working", state="doing")) == []
    assert asked_first(cast, "王书记", idea(cast, "包子加盖", secrecy="confidential")) == []


def test_what_the_reader_may_not_see_is_not_shown_to_him(cast: Cast) -> None:
    idea(cast, "包子加盖板")
    assert asked_first(cast, "外人", idea(cast, "包子加盖")) == []
