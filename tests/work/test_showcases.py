"""晒业绩: of a crew only, by its own choice, taken back at once, and each time dated in the trail."""

import datetime as dt

import pytest

from ronglu.store.models import AuditEntry, Showcase
from ronglu.work import showcases
from ronglu.work.queries.showcases import own_crews, shown
from ronglu.work.showcases import BadShowcase
from tests.cast import AT, Cast, cast

__all__ = ["cast"]
KNOWN = ("SM-01", "SM-02", "SM-03", "SM-04", "SM-05", "SM-06", "SM-07")


def put(cast: Cast, unit: str = "QL-R1-甲", *codes: str, words: str = "", at: dt.datetime = AT) -> Showcase:
    return showcases.show(
        unit=cast.unit[unit], indicators=codes or ("SM-02",), known=KNOWN, words=words, by=cast.account["李班长"], at=at
    )


@pytest.mark.covers("S4-01")
def test_a_crew_shows_its_board_and_takes_it_back_at_once(cast: Cast) -> None:
    row = put(cast, "QL-R1-甲", "SM-02", "SM-01", words="煤耗再降一斤")
    assert [(one.unit.code, one.indicators, one.words) for one in shown(plant=cast.plant)] == [
        ("QL-R1-甲", ["SM-02", "SM-01"], "煤耗再降一斤")
    ]
    showcases.revoke(showcase=row, by=cast.account["李班长"], at=AT + dt.timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.state, row.revoked_at, shown(plant=cast.plant)) == ("revoked", AT + dt.timedelta(minutes=1), [])
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "subject")) == [
        ("showcases.show", "QL-R1-甲"), ("showcases.revoke", "QL-R1-甲"),
    ]  # fmt: skip
    with pytest.raises(BadShowcase, match="已经收回"):
        showcases.revoke(showcase=row, by=cast.account["李班长"], at=AT)


def test_shown_again_the_earlier_board_makes_way_and_stays_dated(cast: Cast) -> None:
    put(cast)
    put(cast, "QL-R1-甲", "SM-01", at=AT + dt.timedelta(days=1))
    assert [one.indicators for one in shown(plant=cast.plant)] == [["SM-01"]]
    assert list(Showcase.objects.order_by("pk").values_list("state", "revoked_at")) == [
        ("revoked", AT + dt.timedelta(days=1)), ("shown", None),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["QL-R1", "QL-R", "QL-PO"])
def test_only_a_crew_is_shown(cast: Cast, unit: str) -> None:
    with pytest.raises(BadShowcase, match="只有横大班"):
        put(cast, unit)


def test_one_to_six_indicators_that_the_plant_declares(cast: Cast) -> None:
    for codes, why in (((), "选 1 到 6 个"), (KNOWN, "现选 7 个"), (("SM-99",), "没有这些指标：SM-99")):
        with pytest.raises(BadShowcase, match=why):
            showcases.show(unit=cast.unit["QL-R1-甲"], indicators=codes, known=KNOWN, by=cast.account["李班长"], at=AT)
    with pytest.raises(BadShowcase, match="最多 40 字"):
        put(cast, words="字" * 41)
    assert not Showcase.objects.exists()


@pytest.mark.covers("S4-01")
def test_only_the_leader_of_a_crew_may_show_it(cast: Cast) -> None:
    found = {name: [one.code for one in own_crews(scope=cast.scope(name), plant=cast.plant)] for name in cast.names}
    assert {name: codes for name, codes in found.items() if codes} == {"李班长": ["QL-R1-甲"]}
