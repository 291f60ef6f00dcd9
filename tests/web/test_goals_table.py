"""The goal tree as a workbook: what the page gives away comes back with nothing to change, and what was changed in it is taken."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ronglu.exchange.arrive import arrive
from ronglu.store.models import Goal, Import
from ronglu.work import imports
from tests.cast import AT, Cast, cast
from tests.tasks.books import check, confirm
from tests.web.test_teams import get, lines
from tests.work.planned import goal, theme

__all__ = ["cast"]
WEIGHT, TITLE = 8, 5


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-03-10"


def brought(cast: Cast, rows: list[list[Any]]) -> Import:
    from django.conf import settings

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    kept = arrive("年度目标.xlsx", iter(lambda: stream.read(65536), b""), Path(settings.HOME))
    file = imports.File(name="年度目标.xlsx", digest=kept.digest, size=kept.size, path=kept.path)
    return check(
        imports.upload(plant=cast.plant, kind="goals", file=file, by=cast.account["孙干事"], at=AT, options={})
    )


def counts(one: Import) -> tuple[int, int, int]:
    return one.counts["new"], one.counts["changed"], one.counts["unchanged"]


def tree(cast: Cast) -> None:
    top = goal(cast, theme=theme(cast))
    goal(cast, "QL-B1", "转炉线产量", parent=top, weight=50, unit=cast.unit["QL-R1"], indicator="SM-01")
    group = goal(cast, "QL-B2", "精炼线产量", parent=top, weight=50)
    goal(cast, "QL-B2-甲", "盯住配料", parent=group, person=cast.person["郑师傅"])


@pytest.mark.covers("S0-03", "S4-02")
def test_the_exported_tree_comes_back_with_nothing_to_change(cast: Cast) -> None:
    tree(cast)
    rows = lines(get(cast, "孙干事", "goals_export"))
    assert [row[1] for row in rows[1:]] == ["1", "1.1", "1.2", "1.2.1"]
    one = brought(cast, rows)
    assert ([p["message"] for p in one.report["problems"]], counts(one)) == ([], (0, 0, 4))


def test_what_was_changed_in_it_and_added_below_it_is_taken(cast: Cast) -> None:
    tree(cast)
    rows = lines(get(cast, "孙干事", "goals_export"))
    rows[2][WEIGHT], rows[3][WEIGHT], rows[3][TITLE] = 70, 30, "精炼线产量和质量"
    rows.append([2026, "1.1.1", "1.1", "转炉甲班党小组", "", "甲班产量不欠", "抓创效要生产力", "", "", "", "", ""])
    one = brought(cast, rows)
    assert ([p["message"] for p in one.report["problems"]], counts(one)) == ([], (1, 2, 2))
    assert Goal.objects.count() == 4  # a trial changes nothing
    confirm(one)
    told = Goal.objects.order_by("code").values_list("code", "title", "weight", "parent__code")
    assert list(told) == [
        ("1", "粗铜产量完成全年计划", None, None),
        ("1.1", "转炉线产量", 70, "1"),
        ("1.1.1", "甲班产量不欠", None, "1.1"),
        ("1.2", "精炼线产量和质量", 30, "1"),
        ("1.2.1", "盯住配料", None, "1.2"),
    ]
