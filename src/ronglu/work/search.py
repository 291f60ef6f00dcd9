"""One box for people, units, party bodies, indicators and cases: by 汉字, pinyin, initials, staff number or code, inside the scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import BodyState, UnitState
from ronglu.work.pinyin import spell
from ronglu.work.queries.cases import visible
from ronglu.work.queries.people_list import named_like
from ronglu.work.scope import Scope


@dataclass(frozen=True, slots=True)
class Hit:
    """`key` is what the page of that kind is found by: a code, a staff number, the key of a case."""

    kind: str
    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    people: tuple[Hit, ...] = ()
    units: tuple[Hit, ...] = ()
    bodies: tuple[Hit, ...] = ()
    indicators: tuple[Hit, ...] = ()
    cases: tuple[Hit, ...] = ()

    @property
    def groups(self) -> tuple[tuple[Hit, ...], ...]:
        return tuple(group for group in (self.cases, self.people, self.units, self.bodies, self.indicators) if group)

    def __len__(self) -> int:
        return sum(map(len, self.groups))


def find(
    *, scope: Scope, text: str, indicators: Iterable[tuple[str, str]] = (), loops: Mapping[str, Loop] | None = None, limit: int = 8
) -> Found:  # fmt: skip
    """Three queries at most, one more for what is written like the number of a case; `indicators` are code and name of what the
    reader's plants declare, `loops` theirs too. Blank finds nothing.
    """
    text = " ".join(text.lower().split())
    if not text or scope.may("search") is not None:
        return Found()
    return Found(
        people=_people(scope, text, limit),
        units=_units(scope, text, limit),
        bodies=_bodies(scope, text, limit),
        indicators=_indicators(scope, text, indicators, limit),
        cases=_cases(scope, text, loops or {}, limit),
    )


def matches(text: str, code: str, name: str) -> bool:
    """Code from its beginning, name anywhere, pinyin from any syllable, initials anywhere."""
    if code.lower().startswith(text) or text in name.lower():
        return True
    if not text.replace(" ", "").isascii() or not text[0].isalpha():
        return False
    pinyin, initials = spell(name)
    return _sounds(text, pinyin) or text in initials


def _sounds(text: str, pinyin: str) -> bool:
    syllables, wanted = pinyin.split(), text.replace(" ", "")
    return any("".join(syllables[start:]).startswith(wanted) for start in range(len(syllables)))


def _people(scope: Scope, text: str, limit: int) -> tuple[Hit, ...]:
    """Only whom the people page would show; pinyin is kept with the person, so the database does the work."""
    if not scope.has("people.see"):
        return ()
    rows = scope.people().filter(named_like(text)).order_by("staff_no")[:limit]
    return tuple(Hit("person", person.staff_no, person.name, person.staff_no) for person in rows)


def _units(scope: Scope, text: str, limit: int) -> tuple[Hit, ...]:
    """A plant has few hundred units: names are read once and matched here, where the pinyin is."""
    if not scope.unit_ids:
        return ()
    rows = UnitState.objects.on(scope.on).filter(unit__in=scope.units()).order_by("unit__position", "unit__code")
    found = rows.values_list("unit__code", "name", "unit__plant__name")
    return tuple(Hit("unit", code, name, plant) for code, name, plant in found if matches(text, code, name))[:limit]


def _bodies(scope: Scope, text: str, limit: int) -> tuple[Hit, ...]:
    if not scope.body_ids:
        return ()
    rows = BodyState.objects.on(scope.on).filter(body__in=scope.bodies()).order_by("body__position", "body__code")
    found = rows.values_list("body__code", "name", "body__plant__name")
    return tuple(Hit("body", code, name, plant) for code, name, plant in found if matches(text, code, name))[:limit]


def _indicators(scope: Scope, text: str, indicators: Iterable[tuple[str, str]], limit: int) -> tuple[Hit, ...]:
    if not scope.has("boards.see"):
        return ()
    return tuple(Hit("indicator", code, name, code) for code, name in indicators if matches(text, code, name))[:limit]


def _cases(scope: Scope, text: str, loops: Mapping[str, Loop], limit: int) -> tuple[Hit, ...]:
    """By the number from its beginning (YH-2026-04); the letters alone may be somebody's initials and ask nothing."""
    letters, dash, _rest = text.partition("-")
    meant = {code: loop for code, loop in loops.items() if dash and loop.prefix.lower() == letters}
    if not meant:
        return ()
    rows = visible(scope, meant).filter(number__istartswith=text).order_by("-raised_at", "-pk")[:limit]
    return tuple(Hit("case", str(row.pk), row.title, row.number) for row in rows)
