"""Every worked example of every rule, run through the very measures that judge: 44 rules, each side shown kept and missed."""

import re
from collections import Counter

import pytest

from ronglu.kernel.regulation.examples import Example, Kind, gaps, one_sided
from ronglu.kernel.regulation.rule import Level
from ronglu.packs import regulations

BOOK = regulations.load()
EXAMPLES = regulations.examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}-{e.kind}-{n}" for n, e in enumerate(EXAMPLES)])
def test_the_rule_comes_to_what_the_sentence_says(example: Example) -> None:
    found = regulations.run(BOOK, example)
    assert not found, "\n".join(found)


def test_each_check_has_a_passing_a_failing_a_boundary_and_an_exempt_example() -> None:
    assert gaps(BOOK, EXAMPLES) == []
    sides = {rule.id for rule in BOOK.rules if rule.level is Level.CHECK}
    kinds = Counter((e.rule, e.kind) for e in EXAMPLES)
    assert len(sides) == 40
    assert all(kinds[rule, kind] for rule in sides for kind in tuple(Kind)[:4])


def test_each_side_of_a_rule_is_shown_kept_and_missed() -> None:
    assert one_sided(BOOK, EXAMPLES) == []


def test_what_an_example_is_called_is_what_it_shows() -> None:
    states = {
        Kind.PASSING: {"ok", "nothing"},
        Kind.FAILING: {"missed", "reasoned", "noted", "ok"},
        Kind.EXEMPT: {"exempt", "nothing", "ok"},
        Kind.NOTE: {"noted", "nothing"},
    }
    for example in EXAMPLES:
        if example.kind in states:
            assert set(example.expect.values()) <= states[example.kind], example.title


def test_a_party_office_can_read_each_sentence() -> None:
    for example in EXAMPLES:
        assert re.search(r"[一-鿿]{2}", example.say) and example.say.endswith("。")
        assert not re.search(r"[a-z_]{3,}", example.say), example.say


def test_an_example_that_expects_something_else_is_told() -> None:
    kept = next(e for e in EXAMPLES if e.rule == "R-LIFE-03" and e.kind is Kind.PASSING)
    wrong = Example(
        rule=kept.rule, kind=kept.kind, say=kept.say, given=kept.given, expect={"": "missed"}, window=kept.window
    )
    assert regulations.run(BOOK, kept) == []
    assert regulations.run(BOOK, wrong) == [
        "R-LIFE-03（符合）“3 月 12 日开了党小组会，符合。”\n   应为 missed，得到 ok（ 符合：2026年3月党小组会 1 次）"
    ]
