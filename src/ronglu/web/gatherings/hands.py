"""Two who write one sheet: every box says what stood in it when the page was drawn, so that only what was typed is written.

A box that nobody touched here takes what the other wrote; one that both changed is told, and nothing of either is lost.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2s

from django.http import QueryDict
from django.utils.translation import gettext as _

from ronglu.kernel.gathering.guide import Guide, Input
from ronglu.kernel.regulation.facts import RATINGS
from ronglu.web.words import named
from ronglu.work.queries.gatherings import Sheet

WAS = "was"
"""The box of the sheet that keeps what stood in the others, shortened: key of a box → digest."""
CAME = ("present", "")


@dataclass(frozen=True, slots=True)
class Box:
    """What is written as one: `stored` has the names under which the browser sends it, an unticked one has none."""

    key: str
    label: str
    names: tuple[str, ...]
    stored: Mapping[str, str]

    @property
    def told(self) -> str:
        return "、".join(one for one in self.stored.values() if one and one != "on") or _("空着")


@dataclass(frozen=True, slots=True)
class Merged:
    """`posted` with what the other hand wrote laid into it; `clashes` in words; `was` for the page that is drawn next."""

    posted: QueryDict
    clashes: list[str]
    was: str


NOTHING = Merged(QueryDict(), [], "")
"""Nothing was sent."""


def was(sheet: Sheet, guide: Guide) -> str:
    return json.dumps({one.key: _short(one.stored, one) for one in _boxes(sheet, guide)})


def merged(posted: QueryDict, sheet: Sheet, guide: Guide) -> Merged:
    before, found, clashes = _read(posted.get(WAS, "")), posted.copy(), list[str]()
    for box in _boxes(sheet, guide):
        base, typed, now = before.get(box.key), _short(posted, box), _short(box.stored, box)
        if base is None or now in (base, typed):
            continue
        if typed == base:
            for name in box.names:
                found.pop(name, None)
            found.update(box.stored)
        else:
            clashes.append(
                _("“%(what)s”另一个人刚改成：%(now)s。您写的还在，并好再保存") % {"what": box.label, "now": box.told}
            )
        before[box.key] = now
    return Merged(found, clashes, json.dumps(before))


def _boxes(sheet: Sheet, guide: Guide) -> Iterator[Box]:
    for one in sheet.people:
        away, why = f"away-{one.person_id}", f"why-{one.person_id}"
        stored = {why: one.reason} | ({} if one.mark in CAME else {away: "on"})
        yield Box(away, one.person.name, (away, why), stored)
    if not sheet.people:
        yield _line("count", _("到会人数"), str(sheet.row.present or ""))
    for row in sheet.agenda:
        yield _line(f"said-{row.pk}", row.title, row.said)
    for asked in guide.inputs:
        yield _input(asked, sheet)


def _input(one: Input, sheet: Sheet) -> Box:
    name, data = f"in-{one.code}", sheet.row.data
    value = data.get(one.code)
    if one.kind == "steps":
        names = tuple(f"{name}-{each.code}" for each in one.choices)
        return Box(name, str(named(one)), names, {f"{name}-{code}": "on" for code in value or ()})
    if one.kind == "ratings":
        names = tuple(f"{name}-{code}" for code in RATINGS)
        return Box(name, str(named(one)), names, {f"{name}-{code}": str(n) for code, n in (value or {}).items()})
    return _line(name, str(named(one)), str((data.get(f"{one.code}_no") if one.kind == "person" else value) or ""))


def _line(name: str, label: str, value: str) -> Box:
    return Box(name, label, (name,), {name: value})


def _short(found: Mapping[str, str], box: Box) -> str:
    """Of the words alone: a browser sends its own ends of line."""
    words = ["\n".join(found.get(name, "").split()) for name in box.names]
    return blake2s("\0".join(words).encode(), digest_size=6).hexdigest()


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
