"""Publishing a sheet: only what holds together, passes the linter and gives what its examples say; never backwards."""

import copy
import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.time.period import Period
from ronglu.packs import sheets as packed
from ronglu.store.models import AuditEntry, Run, SheetVersion
from ronglu.work import sheets
from tests.cast import AT, Cast, cast  # noqa: F401

pytestmark = pytest.mark.django_db
APRIL = Period.month(2026, 4)


def shipped(cast: Cast) -> dict[str, Any]:
    return copy.deepcopy(dict(pack_of(cast.plant.code).sheet.declaration))


def publish(cast: Cast, declaration: dict[str, Any] | None = None, from_month: Period = APRIL) -> SheetVersion:
    return sheets.publish(
        plant=cast.plant, declaration=declaration or shipped(cast), examples=packed.example_rows(), red=packed.redlist(),
        from_month=from_month, by=cast.account["孙干事"], at=AT,
    )  # fmt: skip


def item(declaration: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in declaration["items"] if one["code"] == code)


def reworded(cast: Cast) -> dict[str, Any]:
    """The same points and examples, other words in one rule."""
    changed = shipped(cast)
    item(changed, "B5")["rule"] += "（本厂注）"
    return changed


@pytest.mark.covers("S1-40")
def test_a_published_version_is_the_whole_declaration_with_its_digest(cast: Cast) -> None:
    made = publish(cast)
    assert (made.version, made.from_month, made.published_by) == (1, 202604, cast.account["孙干事"])
    assert sheets.sheet_of(SheetVersion.objects.get(pk=made.pk)).item("D3").points == 8
    assert AuditEntry.objects.get(verb="sheet.publish").subject == "shuangbai v1"


def test_the_version_in_force_is_the_latest_that_has_begun(cast: Cast) -> None:
    publish(cast, from_month=Period.month(2026, 1))
    publish(cast, reworded(cast), from_month=APRIL)
    assert sheets.in_force(plant=cast.plant, month=Period.month(2026, 3)).version == 1
    assert sheets.in_force(plant=cast.plant, month=APRIL).version == 2
    with pytest.raises(sheets.NoSheet, match="请先由党群工作部发布"):
        sheets.in_force(plant=cast.plant, month=Period.month(2025, 12))


def test_the_same_content_twice_is_no_new_version(cast: Cast) -> None:
    publish(cast)
    with pytest.raises(SheetProblem, match="内容与第 1 版完全一样"):
        publish(cast, from_month=APRIL + 1)


def test_a_month_that_was_scored_keeps_its_rules(cast: Cast) -> None:
    first = publish(cast, from_month=Period.month(2026, 1))
    Run.objects.create(plant=cast.plant, sheet=first, month=202604, number=1, at=AT, digest="x")
    with pytest.raises(SheetProblem, match="2026-04 已经计过分，规则不能倒改；新版最早从 2026-05 起用"):
        publish(cast, reworded(cast), from_month=APRIL)
    assert publish(cast, reworded(cast), from_month=APRIL + 1).version == 2


def test_an_item_scored_by_attendance_is_refused_with_the_clause(cast: Cast) -> None:
    changed = shipped(cast)
    item(changed, "A2")["evidence"] = ["activity"]
    with pytest.raises(SheetProblem, match="不得计分") as refused:
        publish(cast, changed)
    assert "A2" in str(refused.value)
    assert SheetVersion.objects.count() == 0


def test_a_rule_that_no_longer_gives_what_its_example_says_is_refused(cast: Cast) -> None:
    changed = shipped(cast)
    item(changed, "A1")["shape"]["each"]["missed"]["points"] = 1
    with pytest.raises(SheetProblem, match="A1"):
        publish(cast, changed)


def test_points_that_do_not_add_up_to_a_hundred_are_refused(cast: Cast) -> None:
    changed = shipped(cast)
    item(changed, "A1")["points"] = 5
    with pytest.raises(SheetProblem, match="各项合计"):
        publish(cast, changed)


def test_a_version_may_not_begin_before_its_own_sheet_says(cast: Cast) -> None:
    with pytest.raises(SheetProblem, match="早于表里写的起用月"):
        publish(cast, from_month=Period.of(dt.date(2024, 12, 1), APRIL.grain))
