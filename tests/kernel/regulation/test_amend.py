"""A plant's own rows over the rules that ship."""

from datetime import date

import pytest

from ronglu.kernel.regulation.amend import amended
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.packs import regulations

BOOK = regulations.load()
ON = date(2026, 7, 1)


def test_rows_are_laid_over_in_the_order_of_their_days_whatever_the_order_they_are_kept_in() -> None:
    rows = [
        {"rule": "R-LIFE-05", "from_on": "2026-06-01", "values": {"times": "2"}},
        {"rule": "R-LIFE-05", "from_on": "2026-01-01", "enabled": True},
        {"rule": "R-LIFE-05", "from_on": "2026-03-01", "values": {"times": "3"}},
    ]
    for kept in (rows, rows[::-1]):
        book = amended(BOOK, kept)
        seen = [book.get("R-LIFE-05", on=date(2026, month, 15)) for month in (2, 4, 7)]
        assert [(rule.enabled, rule.number("times")) for rule in seen if rule] == [(True, 1), (True, 3), (True, 2)]
        before = book.get("R-LIFE-05", on=date(2025, 12, 31))
        assert before is not None and not before.enabled


def test_one_side_is_switched_on_and_a_text_compared() -> None:
    book = amended(
        BOOK,
        [
            {"rule": "R-EDU-06", "from_on": "2026-01-01", "enabled": True, "side": "days"},
            {"rule": "R-EDU-06", "from_on": "2026-02-01", "text_url": "规则原文", "by": "孙干事", "article": "6"},
        ],
    )
    rule = book.get("R-EDU-06", on=ON)
    assert rule is not None
    assert [side.code for side in rule.sides if side.enabled] == ["quarter", "days"]
    assert rule.source.text == "《党委（党组）理论学习中心组学习规则》第6条"


def test_a_row_that_fits_no_rule_is_refused_by_name() -> None:
    with pytest.raises(RuleProblem, match="R-LIFE-77 在 2026-01-01 不在生效期内"):
        amended(BOOK, [{"rule": "R-LIFE-77", "from_on": "2026-01-01", "values": {"times": "2"}}])
