"""五个一: the branch enters, another looks; what ran out or is gone costs 0.8 of B6 at the end of the quarter."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.store.models import AuditEntry, Closing, Run, SheetVersion, StandardItem
from ronglu.tasks.assess import assess_month
from ronglu.work import standards
from ronglu.work.closings import Closed
from ronglu.work.standards import BadStandard
from tests.cast import AT, ON, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT as APRIL
from tests.facts.plant_month import MARCH, make_march
from tests.facts.scored import lines, result, same_in_the_kernel

pytestmark = pytest.mark.django_db
KINDS = packs().base.standards.kinds
JANUARY, NEXT_YEAR = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


def entered(cast: Cast, kind: str = "venue", *, body: str = "QL-B1", by: str = "王书记", **rest: Any) -> StandardItem:
    said = {"evidence": "三楼会议室，与车间共用", "on": JANUARY, "until_on": dt.date(2026, 7, 1), "at": AT} | rest
    return standards.enter(body=cast.body[body], kind=KINDS[kind], by=cast.account[by], **said)


def valid(cast: Cast, kind: str = "venue", *, by: str = "孙干事", **rest: Any) -> StandardItem:
    return standards.check(item=entered(cast, kind, **rest), holds=True, verdict="", by=cast.account[by], at=AT)


def test_an_entry_waits_until_another_has_looked(cast: Cast) -> None:
    item = entered(cast)
    assert (item.state, item.checked_by) == ("entered", None)
    with pytest.raises(BadStandard, match="登记的人不能自己检查"):
        standards.check(item=item, holds=True, verdict="", by=cast.account["王书记"], at=AT)
    standards.check(item=item, holds=True, verdict="看过", by=cast.account["孙干事"], at=AT)
    assert (item.state, item.checked_by, item.verdict) == ("valid", cast.account["孙干事"], "看过")
    assert list(AuditEntry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "standards.enter",
        "standards.hold",
    ]
    with pytest.raises(BadStandard, match="现在是“有效”，不能再办这一步"):
        standards.check(item=item, holds=False, verdict="没有", by=cast.account["孙干事"], at=AT)


def test_who_sits_on_the_branchs_committee_does_not_check_it(cast: Cast) -> None:
    item = entered(cast, by="孙干事")
    with pytest.raises(BadStandard, match="您在这个支部任职"):
        standards.check(item=item, holds=True, verdict="", by=cast.account["王书记"], at=AT)


def test_what_was_sent_back_says_why_and_is_put_right(cast: Cast) -> None:
    item = entered(cast)
    with pytest.raises(BadStandard, match="请写明"):
        standards.check(item=item, holds=False, verdict=" ", by=cast.account["孙干事"], at=AT)
    standards.check(item=item, holds=False, verdict="门锁着", by=cast.account["孙干事"], at=AT)
    assert (item.state, item.verdict) == ("returned", "门锁着")
    standards.correct(item=item, evidence="二楼", until_on=NEXT_YEAR, by=cast.account["王书记"], at=AT)
    assert (item.state, item.evidence, item.until_on) == ("entered", "二楼", NEXT_YEAR)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ({"until_on": JANUARY}, "早于起算日"),
        ({"until_on": dt.date(2027, 1, 2)}, "一次最多登记 12 个月"),
        ({"evidence": "  "}, "请写明"),
        ({"body": "QL-C"}, "这一天它不是支部"),
    ],
)
def test_what_cannot_be_entered_says_what_would_be_right(cast: Cast, rest: dict[str, Any], said: str) -> None:
    with pytest.raises(BadStandard, match=said):
        entered(cast, **rest)


def test_the_same_thing_does_not_wait_twice(cast: Cast) -> None:
    entered(cast)
    with pytest.raises(BadStandard, match="已经登记、还没有检查"):
        entered(cast, on=ON)


def test_the_look_of_the_quarter_ends_what_is_gone(cast: Cast) -> None:
    item = valid(cast)
    look = {"item": item, "by": cast.account["孙干事"], "at": AT, "on": ON}
    assert standards.look(holds=True, verdict="在用", **look).until_on == dt.date(2026, 7, 1)
    gone = standards.look(holds=False, verdict="改作仓库", **look)
    assert (gone.state, gone.until_on, gone.holds(dt.date(2026, 3, 9)), gone.holds(ON)) == ("expired", ON, True, False)


def test_a_closed_quarter_is_not_changed_from_behind(cast: Cast) -> None:
    item = entered(cast)
    version = SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration={}, digest="x", published_at=AT
    )
    run = Run.objects.create(plant=cast.plant, sheet=version, month=202603, number=1, at=APRIL, digest="x")
    who = cast.account["孙干事"]
    Closing.objects.create(plant=cast.plant, month=202603, run=run, state="closed", proposed_by=who, proposed_at=APRIL)
    with pytest.raises(Closed, match="2026-03 已关账"):
        standards.check(item=item, holds=True, verdict="", by=who, at=dt.datetime(2026, 5, 6, 9))
    later = entered(cast, "rules", on=dt.date(2026, 4, 1))
    assert standards.check(item=later, holds=True, verdict="", by=who, at=dt.datetime(2026, 5, 6, 9)).state == "valid"


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


@pytest.mark.covers("S0-06")
def test_each_of_the_five_that_does_not_hold_costs_eight_tenths(cast: Cast, march: Any) -> None:
    """转炉党支部: venue, rules and study hold on 31 March, the board ran out on the 15th, the handbook waits: 4 − 2 × 0.8."""
    for kind in ("venue", "rules", "study"):
        valid(cast, kind)
    valid(cast, "display", until_on=dt.date(2026, 3, 15))
    entered(cast, "handbook")
    run = assess_month(plant=cast.plant, month=MARCH, at=APRIL)
    found = result(run, "B6")
    assert (found.state, found.won) == ("scored", 240)
    assert same_in_the_kernel(found)
    assert lines(found) == [("invalid", n, 1) for n in (0, 0, 0, 1, 1)]
    assert [one["label"] for one in found.basis["lines"]] == [
        "活动场地",
        "支部制度",
        "学习材料",
        "展示专栏",
        "支部手册",
    ]
    # a branch that entered nothing lacks all five
    assert result(run, "B6", "QL-B2").won == 0


def test_a_plant_that_keeps_none_is_not_wired_for_them(cast: Cast, march: Any) -> None:
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "B6").state == "not_wired"
    entered(cast)
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "B6").state == "not_wired"


def test_a_late_check_of_an_open_quarter_moves_its_score(cast: Cast, march: Any) -> None:
    for kind in KINDS:
        valid(cast, kind, until_on=dt.date(2026, 6, 1))
    item = StandardItem.objects.get(kind="study")
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "B6").won == 400
    standards.look(
        item=item, holds=False, verdict="没有了", on=dt.date(2026, 3, 20), by=cast.account["孙干事"], at=APRIL
    )
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "B6").won == 320


def test_what_ran_out_long_ago_is_missed_each_quarter_anew(cast: Cast, march: Any, settings: Any) -> None:
    """All that was ever entered ended in March 2026; in September nobody has written a thing, and B6 is 0, not full."""
    settings.TODAY = "2026-10-05"
    valid(cast, until_on=dt.date(2026, 3, 15))
    september = MARCH + 6
    made = assess_month(plant=cast.plant, month=september, at=dt.datetime(2026, 10, 5, 9))
    assert (result(made, "B6").state, result(made, "B6").won) == ("scored", 0)
