"""Every worked example of the default sheet, run through the shapes that score."""

import re

import pytest

from ronglu.kernel.rules.examples import Example, gaps, run
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.packs import sheets

EXAMPLES = sheets.examples()


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return sheets.load()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.item}-{e.kind}-{n}" for n, e in enumerate(EXAMPLES)])
def test_the_rule_gives_what_the_sentence_says(sheet: Sheet, example: Example) -> None:
    assert not run(sheet.item(example.item), example), "\n".join(run(sheet.item(example.item), example))


def test_each_item_has_a_normal_a_boundary_and_an_empty_case(sheet: Sheet) -> None:
    assert gaps(sheet.items, EXAMPLES) == []
    assert len(EXAMPLES) >= 3 * 33


def test_a_party_office_can_read_each_sentence() -> None:
    for example in EXAMPLES:
        assert re.search(r"[一-鿿]{3}", example.say) and example.say.endswith("。")
        assert not re.search(r"[a-z_]{3,}", example.say), example.say


def test_the_sample_where_a_veto_is_proposed_names_it() -> None:
    assert [e.vetoes for e in EXAMPLES if e.vetoes] == [("major_hazard_overdue",)]


def test_waiting_and_missing_are_shown_by_an_example_each() -> None:
    states = {example.state for example in EXAMPLES}
    assert states == {
        State.SCORED, State.NOTHING, State.NOT_APPLICABLE, State.AWAITING_REVIEW, State.READINGS_MISSING,
    }  # fmt: skip
