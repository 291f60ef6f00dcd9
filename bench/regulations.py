"""(l): all 44 rules for 150 branches over twelve months, in CPU seconds."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bench.line import Line
from ronglu.config.plant import packs
from ronglu.kernel.org.checks import run
from ronglu.kernel.org.facts import History, PostHeld, Term
from ronglu.kernel.org.kinds import PARTY_RANKS, UNIT_RANKS
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import State, Tree
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.facts import (
    BodyFacts,
    Facts,
    Gathering,
    HazardFacts,
    PersonFacts,
    Post,
    SiteFacts,
    Study,
    Talk,
)  # fmt: skip

BRANCHES, GROUPS, MEMBERS = 150, 4, 5
"""Groups of a branch, members of a group: 3,000 members."""
START, FIRST, LAST, ON = date(2024, 1, 1), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 31)
LIMIT = 5.0
MONTHS = [date(2026, month, 12) for month in range(1, 13)]
SEATS = ("secretary", "deputy", "organiser", "propaganda", "discipline")


def measure() -> list[Line]:
    book, facts, history = packs().base.regulations, list(subjects()), organisation()
    started = time.process_time()
    found = list(judged(book, facts, first=FIRST, last=LAST, on=ON))
    for month in range(1, 13):
        found += run(book, history.at(date(2026, month, 28)))
    seconds = time.process_time() - started
    judged_rules = {one.rule for one in found}
    if len(found) < 12 * BRANCHES * GROUPS or len(judged_rules) < 20:
        raise AssertionError(f"only {len(found)} findings of {sorted(judged_rules)}: the bench measures nothing")
    return [
        Line(f"(l) all rules, {BRANCHES} branches x 12 months: {len(found):,} findings", seconds, None, LIMIT, "s CPU")
    ]


def subjects() -> Iterator[Facts]:
    """A plant that keeps most of its rules: every seventh gathering is missing."""
    yield BodyFacts(
        id=0, name="厂党委", from_on=START, kind="committee", gatherings=_year(0, ("central_study", "lecture"))
    )
    for branch in range(1, BRANCHES + 1):
        kinds = ("assembly", "committee", "theme_day", "life_meeting", "appraisal", "secretary_review")
        talks = tuple(Talk(held_on=on, pair="committee_member") for on in MONTHS)
        yield BodyFacts(
            id=branch, name=f"{branch} 支部", from_on=START, kind="branch", fixed_day=12, talks=talks,
            gatherings=_year(branch, kinds),
        )  # fmt: skip
        yield SiteFacts(id=branch, name=f"{branch} 车间", from_on=START, rounds=tuple(MONTHS), risks=20)
        for group in range(GROUPS):
            number = branch * 10 + group
            yield BodyFacts(
                id=number,
                name=f"{number} 组",
                from_on=START,
                kind="group",
                gatherings=_year(number, ("group_meeting",)),
            )
            yield from (_member(number * 10 + no, leads=no == group == 0) for no in range(MEMBERS))
        for no, on in enumerate(MONTHS):
            yield HazardFacts(id=branch * 100 + no, name="隐患", from_on=on, grade="minor", fixed_on=on, closed_on=on)


def _year(seed: int, kinds: tuple[str, ...]) -> tuple[Gathering, ...]:
    return tuple(
        Gathering(id=f"{kind}{no}", kind=kind, held_on=on, due=24, attended=20, convened_by="secretary")
        for kind in kinds
        for no, on in enumerate(MONTHS)
        if (seed + no) % 7
    )


def _member(number: int, *, leads: bool) -> PersonFacts:
    posts = (Post(role="secretary", from_on=START), Post(role="leader", from_on=START)) if leads else ()
    study = tuple(Study(held_on=on, hours=Decimal(3), training=on.month == 6) for on in MONTHS)
    return PersonFacts(id=number, name=f"党员{number}", from_on=START, posts=posts, study=study, own_life=tuple(MONTHS))


def organisation() -> History:
    """The same plant as the rules on its organisation see it, with a move every month."""
    span = Span(START)
    codes = [f"支部{no}" for no in range(BRANCHES)]
    groups = [(f"{code}-{no}", code) for code in codes for no in range(GROUPS)]
    people = [(f"{group}-{no}", group, code) for group, code in groups for no in range(MEMBERS)]
    bodies = tuple(State(c, "branch", c, "厂党委", span) for c in codes)
    top = State("厂党委", "committee", "厂党委", None, span)
    units = tuple(State(f"车间{c}", "workshop", c, None, span) for c in codes)
    return History(
        party=Tree((top, *bodies, *(State(group, "group", group, code, span) for group, code in groups)), PARTY_RANKS),
        production=Tree(units, UNIT_RANKS),
        members=tuple(Stay(person, group, span, "full") for person, group, _ in people),
        engaged=tuple(Stay(person, f"车间{code}", span) for person, _, code in people),
        posts=tuple(PostHeld(f"{code}-0-{no}", code, role, span) for code in codes for no, role in enumerate(SEATS)),
        terms=tuple(Term(code, START, START + timedelta(days=1096)) for code in codes),
        links=tuple(Link(code, f"车间{code}", span) for code in codes),
    )
