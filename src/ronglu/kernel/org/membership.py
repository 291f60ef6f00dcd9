"""Who was where on which day, and how a transfer in mid-period splits the days between two places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.span import Key, Span, days_within, merge


class AlreadyThere(OrgTrouble):
    """当日已在该处。"""


@dataclass(frozen=True, slots=True)
class Stay:
    """One person at one place during `span`: a party membership or a working engagement."""

    person: Key
    place: Key
    span: Span
    kind: str = ""
    """full/probationary in a body; regular/contractor/seconded at a unit."""
    basis: str = ""
    """crew (在班) or service (服务对象): why this person is in this group (S1-03)."""


def where(stays: Iterable[Stay], *, person: Key, on: date) -> tuple[Stay, ...]:
    return tuple(stay for stay in stays if stay.person == person and stay.span.holds(on))


def who(stays: Iterable[Stay], *, places: Collection[Key], on: date, kind: str | None = None) -> frozenset[Key]:
    """Persons in any of the places that day, each once."""
    return frozenset(
        stay.person
        for stay in stays
        if stay.place in places and stay.span.holds(on) and (kind is None or stay.kind == kind)
    )


def days_in(stays: Iterable[Stay], within: Span) -> dict[tuple[Key, Key], int]:
    """Days by (person, place) inside the period; places with no day are left out."""
    spans: dict[tuple[Key, Key], list[Span]] = {}
    for stay in stays:
        if stay.span.common(within):
            spans.setdefault((stay.person, stay.place), []).append(stay.span)
    return {pair: days_within(found, within) for pair, found in spans.items()}


def person_days(stays: Iterable[Stay], *, places: Collection[Key], within: Span) -> int:
    """Person-days in the places taken together: a person in two of them on one day counts once."""
    spans: dict[Key, list[Span]] = {}
    for stay in stays:
        if stay.place in places:
            spans.setdefault(stay.person, []).append(stay.span)
    return sum(days_within(found, within) for found in spans.values())


def transfer(stays: Iterable[Stay], *, person: Key, to: Key, on: date, basis: str | None = None) -> tuple[Stay, ...]:
    """The rest of the stay that runs on `on` is spent at `to`; a stay that begins later is left as it was entered."""
    stays = tuple(stays)
    current = next(iter(where(stays, person=person, on=on)), None)
    if current is not None and current.place == to:
        raise AlreadyThere(f"{on} 当日已在该处，无需调动")
    later = [stay.span.from_on for stay in stays if stay.person == person and stay.span.from_on > on]
    until = current.span.until_on if current else min(later, default=None)
    kept = [stay for stay in stays if stay is not current]
    if current is not None and current.span.from_on < on:
        kept.append(replace(current, span=Span(current.span.from_on, on)))
    kind, old = (current.kind, current.basis) if current else ("", "")
    return (*kept, Stay(person, to, Span(on, until), kind, old if basis is None else basis))


def clashes(stays: Iterable[Stay]) -> tuple[tuple[Stay, Stay], ...]:
    """Pairs in which one person stands in two places on the same day."""
    by_person: dict[Key, list[Stay]] = {}
    for stay in stays:
        by_person.setdefault(stay.person, []).append(stay)
    return tuple(
        (one, other)
        for mine in by_person.values()
        for index, one in enumerate(mine)
        for other in mine[index + 1 :]
        if one.place != other.place and one.span.common(other.span)
    )


def tidy(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """The same days said with the fewest rows: touching stays of one kind and basis at one place joined."""
    grouped: dict[tuple[Key, Key, str, str], list[Span]] = {}
    for stay in stays:
        grouped.setdefault((stay.person, stay.place, stay.kind, stay.basis), []).append(stay.span)
    return tuple(
        Stay(person, place, span, kind, basis)
        for (person, place, kind, basis), spans in grouped.items()
        for span in merge(spans)
    )
