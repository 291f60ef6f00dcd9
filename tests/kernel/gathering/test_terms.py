"""Terms of planning: the half counts in, and a file that says something else is refused with all its faults."""

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.terms import PlanTerms, read
from ronglu.work.guides import declared


@pytest.mark.parametrize(("due", "least"), [(0, 0), (1, 1), (2, 1), (10, 5), (11, 6)])
def test_half_and_more_counts_the_half_in(due: int, least: int) -> None:
    assert PlanTerms(code="assembly", least="half").quorum(due) == least
    assert PlanTerms(code="lecture").quorum(due) == 0


def test_the_shipped_terms_are_of_kinds_that_have_a_guide_and_call_nobody_without_a_reason() -> None:
    terms = packs().base.terms
    assert set(terms) <= set(declared())
    assert {code for code, one in terms.items() if one.reason} == {"assembly", "committee", "life_meeting", "appraisal"}
    assert all(one.least for one in terms.values() if one.reason)


def test_every_fault_of_a_file_is_told() -> None:
    rows = [{"least": "third"}, {"code": "a", "colour": "red"}, {"code": "b"}, {"code": "b"}]
    with pytest.raises(GatheringTrouble) as told:
        read({"kinds": rows})
    assert told.value.problems == (
        "有一项没有写 code", "None：least 应为 half 或空着，现为 third", "a：不认识 colour", "b 写了两遍"
    )  # fmt: skip
