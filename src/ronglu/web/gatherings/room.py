"""The sheet of the room: one form for who came, what was said and the next resolution, saved as often as one likes."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Block, Guide, Input
from ronglu.kernel.keys import key_of
from ronglu.kernel.regulation.facts import RATINGS
from ronglu.web.gatherings import hands
from ronglu.web.words import named
from ronglu.work.gatherings_room import Decided
from ronglu.work.queries.gatherings import Sheet
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import AgendaRow, GatheringPerson

TOLD = ("document", "indicator", "study")
"""Sources of lines that stand in the record although nobody said a word to them."""


@dataclass(frozen=True)
class Room:
    """What the sheet shows: what is stored, and over it what was just typed and refused."""

    sheet: Sheet
    guide: Guide
    posted: Mapping[str, Any] = field(default_factory=dict)
    was: str = ""
    """What stood in its boxes (web/gatherings/hands), where the page that was refused is drawn again."""

    def before(self) -> str:
        return self.was or hands.was(self.sheet, self.guide)

    def people(self) -> list[tuple["GatheringPerson", bool, str]]:
        """Each with whether he is away and why."""
        if self.posted:
            return [
                (one, f"away-{one.person_id}" in self.posted, self._typed(f"why-{one.person_id}"))
                for one in self.sheet.people
            ]
        return [(one, one.mark not in hands.CAME, one.reason) for one in self.sheet.people]

    def blocks(self) -> list[tuple[Block | None, list[tuple["AgendaRow", str]]]]:
        """In the order of the guide, then what stands in no block of it."""
        found: list[tuple[Block | None, list[tuple[AgendaRow, str]]]] = [
            (one, self._lines(self.sheet.of(one.code))) for one in self.guide.blocks
        ]
        rest = self._lines(self.sheet.beside(self.guide))
        return [*found, (None, rest)] if rest else found

    def spoken(self) -> list[tuple[Block | None, list[tuple["AgendaRow", str]]]]:
        """What was said, shown or studied; what nobody came to is not told of."""
        told = [
            (block, [(one, said) for one, said in lines if said or one.source in TOLD])
            for block, lines in self.blocks()
        ]
        return [(block, lines) for block, lines in told if lines]

    def inputs(self) -> list[dict[str, Any]]:
        return [self._input(one) for one in self.guide.inputs]

    def owners(self) -> list[tuple[int, str]]:
        return [(one.person_id, one.person.name) for one in self.sheet.people]

    def talks(self) -> list["AgendaRow"]:
        """What a resolution can follow from; the first is chosen beforehand, so that work stays tied to the discussion."""
        return [one for one in self.sheet.agenda if one.kind in ("discuss", "share", "report")]

    def count(self) -> str:
        return self._typed("count") or (str(self.sheet.row.present) if self.sheet.row.present else "")

    def next(self) -> dict[str, str]:
        talk = next((one.pk for one in self.sheet.agenda if one.kind == "discuss"), "")
        found = {name: self._typed(f"res-{name}") for name in ("text", "owner", "staff", "due", "about")}
        return found | {"about": found["about"] or str(talk)}

    def _lines(self, rows: list["AgendaRow"]) -> list[tuple["AgendaRow", str]]:
        return [(one, self._typed(f"said-{one.pk}") if f"said-{one.pk}" in self.posted else one.said) for one in rows]

    def _typed(self, name: str) -> str:
        return str(self.posted.get(name, ""))

    def _input(self, one: Input) -> dict[str, Any]:
        name, data = f"in-{one.code}", self.sheet.row.data
        value = self.posted.get(name, data.get(one.code) or "")
        if one.kind == "person" and name not in self.posted:
            value = data.get(f"{one.code}_no", "")
        chosen = data.get(one.code) or []
        if one.kind == "ratings":
            parts = [
                (code, word, self._typed(f"{name}-{code}") if self.posted else dict(chosen or {}).get(code, ""))
                for code, word in RATINGS.items()
            ]
            return {"one": one, "name": name, "label": named(one), "ratings": parts}
        choices = [
            (each.code, named(each), f"{name}-{each.code}" in self.posted if self.posted else each.code in chosen)
            for each in one.choices
        ]
        return {"one": one, "name": name, "label": named(one), "value": value, "choices": choices,
                "who": data.get(f"{one.code}_name", "")}  # fmt: skip


def away(posted: QueryDict, sheet: Sheet) -> dict[int, str]:
    return {
        one.person_id: posted.get(f"why-{one.person_id}", "")
        for one in sheet.people
        if f"away-{one.person_id}" in posted
    }


def count(posted: QueryDict) -> int | None:
    return key_of(posted.get("count", ""))


def said(posted: QueryDict, sheet: Sheet) -> dict[int, str]:
    return {one.pk: posted[f"said-{one.pk}"] for one in sheet.agenda if f"said-{one.pk}" in posted}


def lost(posted: QueryDict, sheet: Sheet) -> list[str]:
    """What was typed for a meeting that somebody else has closed: to be copied before it is gone."""
    words = [(one.title, posted.get(f"said-{one.pk}", "").strip(), one.said) for one in sheet.agenda]
    words.append((_("决议"), posted.get("res-text", "").strip(), ""))
    return [
        _("没有存进去：%(what)s：%(words)s") % {"what": what, "words": typed}
        for what, typed, kept in words
        if typed and typed != kept
    ]


def given(posted: QueryDict, guide: Guide, places: Places) -> dict[str, Any]:
    """Inputs by their kind; a person by staff number."""
    found: dict[str, Any] = {}
    for one in guide.inputs:
        name = f"in-{one.code}"
        if one.kind == "steps":
            found[one.code] = [each.code for each in one.choices if f"{name}-{each.code}" in posted]
        elif one.kind == "ratings":
            parts = {code: posted.get(f"{name}-{code}", "").strip() for code in RATINGS}
            found[one.code] = parts if any(parts.values()) else None
        elif one.kind == "person":
            text = posted.get(name, "").strip()
            numbers = re.split(r"[、,，;；\s]+", text) if one.many else [text]
            people = [places.person(number) for number in numbers if number]
            found[one.code] = (people if one.many else people[0]) if people else None
        else:
            found[one.code] = posted.get(name, "").strip()
    return found


def decided(posted: QueryDict, sheet: Sheet, places: Places) -> Decided | None:
    """The next resolution, where one was typed; owner and date may come later."""
    text = posted.get("res-text", "").strip()
    if not text:
        if any(posted.get(f"res-{name}", "").strip() for name in ("owner", "staff", "due")):
            raise GatheringTrouble(_("写了责任人或期限，还没有写决定了什么"))
        return None
    owner, about = key_of(posted.get("res-owner", "")), key_of(posted.get("res-about", ""))
    person = next((one.person for one in sheet.people if one.person_id == owner), None)
    number = posted.get("res-staff", "").strip()
    return Decided(
        text=text, owner=places.person(number) if number else person, due_on=_day(posted.get("res-due", "")),
        about=next((one for one in sheet.agenda if one.pk == about), None),
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise GatheringTrouble(_("期限“%s”不是一个日期，请写成 2026-03-31 的样子") % text.strip()[:20])
    return found
