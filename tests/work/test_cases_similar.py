"""What reads like a new case: in Chinese, by pairs of characters, among what the writer may see."""

import pytest

from ronglu.store.models import Case
from ronglu.work.queries.cases_similar import alike, bigrams, similar
from tests.cast import Cast, cast  # noqa: F401
from tests.work.loops_cast import HAZARD, report

WET = "烟罩法兰渗水"


@pytest.mark.parametrize(
    ("one", "other", "thousandths"),
    [
        # 烟罩 罩法 法兰 兰渗 渗水 against 法兰 兰渗 渗水: twice three over eight
        (WET, "法兰渗水", 750),
        (WET, WET + "！", 1000),
        (WET, "油棉纱堆放", 0),
        ("渗", "渗", 0),
        ("", WET, 0),
        ("Pump No.2", "pump no 2", 1000),
    ],
)
def test_likeness_is_what_both_have_over_what_each_has(one: str, other: str, thousandths: int) -> None:
    assert alike(bigrams(one), bigrams(other)) == thousandths


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
