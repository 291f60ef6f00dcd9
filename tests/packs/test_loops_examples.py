"""Every worked example of every loop, taken through the engine: each state is reached, and the loops are what the domain says."""

import re
from typing import Any

import pytest

from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.loops.walk import walked
from ronglu.packs import loops
from ronglu.packs.base.loops import NAMES

LOOPS = loops.read([])
WALKS = loops.examples()
ROLES = loops.role_labels()
EACH = [(code, walk) for code, walks in WALKS.items() for walk in walks]


@pytest.mark.parametrize(("code", "walk"), EACH, ids=[f"{code}-{walk['name']}" for code, walk in EACH])
def test_the_loop_does_what_the_walk_says(code: str, walk: dict[str, Any]) -> None:
    found = walked(LOOPS[code], walk, ROLES)
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("code", NAMES)
def test_each_loop_has_three_walks_that_reach_each_of_its_states(code: str) -> None:
    loop, walks = LOOPS[code], WALKS[code]
    reached = set().union(*(walked(loop, walk, ROLES).reached for walk in walks))
    assert len(walks) >= 3
    assert reached == {state.code for state in loop.states}


@pytest.mark.parametrize("code", NAMES)
def test_the_walks_of_each_loop_show_a_refusal_and_the_end(code: str) -> None:
    steps = [step for walk in WALKS[code] for step in walk["steps"]]
    assert any("另一人" in str(s.get("refused", "")) or "不归您" in str(s.get("refused", "")) for s in steps)
    ends = {s.label for s in LOOPS[code].states if s.phase is Phase.CLOSED}
    assert ends & {s.get("to") for s in steps}


def test_an_official_can_read_each_walk() -> None:
    for code, walk in EACH:
        assert re.search(r"[一-鿿]{2}", walk["name"]), code
        text = "".join(str(s.get("by")) + str(s.get("do")) + str(s.get("to", "")) for s in walk["steps"])
        assert not re.search(r"[a-z_]{3,}", text), (code, walk["name"])
