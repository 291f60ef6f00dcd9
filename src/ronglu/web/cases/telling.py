"""What a case holds, told to people: values with their units and names, the timeline, who is named as what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.config.plant import pack_of
from ronglu.kernel.loops.engine import RAISED
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.web.cases.words import LINKS, move_word, state_word
from ronglu.web.words import named, unit_sign
from ronglu.work.case_links import KIND, OTHER
from ronglu.work.queries.case_page import CasePage, Names
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case

Pairs = list[tuple[str, str]]
CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline; `after` is the state it led to, where it led anywhere."""

    at: dt.datetime
    who: str
    what: str
    reason: str
    details: Pairs
    after: str = ""
    comment: bool = False
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    loop: Loop
    names: Names
    places: Places

    def value(self, one: Field, value: Any) -> str:
        """A kept value as people read it."""
        match one.kind:
            case Kind.PERSON:
                return self.names.person(value)
            case Kind.UNIT:
                return self.places.unit_name(value)
            case Kind.BODY:
                return self.places.body_name(value)
            case Kind.ZONE:
                return self.names.zones.get(value, "")
            case Kind.TEAM:
                return self.names.teams.get(value, "")
            case Kind.CHOICE:
                return next((named(c) for c in one.choices if c.code == value), str(value))
            case Kind.INDICATOR:
                return _measured(self.places.plant.code, str(value))
            case Kind.YES:
                return _("是") if value else _("否")
            case _:
                return f"{value} {unit_sign('元' if one.kind is Kind.MONEY else one.unit)}".strip()

    def pairs(self, data: Mapping[str, Any], *, without: Iterable[str] = ()) -> Pairs:
        """Label and text of whatever is filled in, in the order of the declaration."""
        left = set(without)
        shown = [f for f in self.loop.fields if f.code not in left and data.get(f.code) not in (None, "")]
        return [(named(f), self.value(f, data[f.code])) for f in shown]

    def people(self, data: Mapping[str, Any]) -> Pairs:
        """The parties that a step named."""
        found = []
        for party in self.loop.parties:
            keys = data.get(party.code)
            if keys:
                found.append(
                    (named(party), _("、").join(map(self.names.person, keys if isinstance(keys, list) else [keys])))
                )
        return found


def _measured(plant: str, code: str) -> str:
    """An indicator by code, name and unit; of one that the plant no longer declares the code."""
    one = pack_of(plant).indicators.get(code)
    if one is None:
        return code
    return f"{code} {named(one)}" + (f"（{unit_sign(one.unit)}）" if one.unit else "")


def parties_of(teller: Teller, page: CasePage) -> Pairs:
    """Who raised it and who is named in it; who reported without a name stays nameless."""
    case = page.open.case
    nobody = _("系统") if case.origin == CLOCK else _("匿名") if case.claim else _("台账导入")
    raised = teller.names.person(case.raised_by_id) or nobody
    named_in = {code: sorted(people) for code, people in page.open.view.parties.items()}
    return [(_("提出人"), raised), *teller.people(named_in)]


def timeline(teller: Teller, page: CasePage) -> list[Told]:
    """Steps and remarks together, the newest first; nothing in it is ever changed."""
    anonymous = bool(page.open.case.claim)
    known = page.links.known
    steps = [_told(teller, step, anonymous, known) for step in page.steps]
    remarks = [
        Told(one.at, teller.names.person(one.person_id), _("留言"), one.text, [], comment=True) for one in page.comments
    ]
    # steps stand in their own order, also where only the day of one was kept; the last of two at one time first, too
    dated = [*zip(accumulate((one.at for one in steps), max), steps, strict=True), *((one.at, one) for one in remarks)]
    dated.sort(key=lambda pair: pair[0])
    return [one for _at, one in reversed(dated)]


def _linked(step: Any, known: "Mapping[int, Case]") -> Pairs:
    """Which case was linked or let go of, and as what."""
    if KIND not in step.data:
        return []
    return [(str(LINKS.get(step.data[KIND], "")), known[step.data[OTHER]].number)]


def _told(teller: Teller, step: Any, anonymous: bool, known: "Mapping[int, Case]") -> Told:
    kind, _dot, act = step.move.rpartition(".")
    rows = teller.loop.row(kind) if act != "add" else None
    told = set(rows.fields) - set(rows.brings) if rows else ()  # what the line is about was told when it was added
    who = teller.names.person(step.person_id) or (
        _("系统") if step.origin == CLOCK else _("匿名") if anonymous and step.move == RAISED else ""
    )
    return Told(
        step.at, who, move_word(teller.loop, step.move, step.data.get("no")), step.reason,
        [*teller.pairs(step.data, without=told), *teller.people(step.data), *_linked(step, known)],
        after=state_word(teller.loop, step.after) if step.after != step.before else "",
        whole_day=step.at.time() == dt.time.min,  # no hour is kept of what was done without a name
    )  # fmt: skip
