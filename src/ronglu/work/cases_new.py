"""What a new case is made of: where it stands and who answers for it, what was filled in, its number and its claim code."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import ANYONE, Loop, Move
from ronglu.store.homes import Homes
from ronglu.store.models import (
    Account,
    Body,
    Case,
    CaseNumber,
    CaseParty,
    Membership,
    Person,
    Plant,
    Unit,
    Zone,
    ZoneOwner,
)
from ronglu.work import cases_view
from ronglu.work.scope import Scope

TITLE = 60
# no letters or figures that are taken for one another when read aloud or written down
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CLAIM = 12
CLOCK = "clock"
"""The origin of what the calendar raises: nobody's, and not anonymous either."""
ROUNDS = 50_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A report by the key that its page made up. The key itself is not kept, so nobody gets from here to who sent it;
    whoever sends it again is answered with the same claim code."""

    digest: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    unit: Unit | None = None
    zone: Zone | None = None
    body: Body | None = None

    @property
    def key(self) -> str:
        """The finest place named, as text."""
        if self.zone is not None:
            return f"zone:{self.zone.pk}"
        return f"unit:{self.unit.pk}" if self.unit else f"body:{self.body.pk}" if self.body else "plant"


def place_of(loop: Loop, *, plant: Plant, unit: Unit | None, zone: Zone | None, body: Body | None) -> Place:
    """A zone stands at a unit; what the loop must know of the place is asked for by name."""
    if zone is not None:
        unit = zone.unit
    needed = {"unit": unit, "zone": zone, "body": body, "none": plant}[loop.raising.place]
    if needed is None:
        word = {"unit": "在哪个单位", "zone": "在哪个责任区", "body": "由哪个党组织提出"}[loop.raising.place]
        raise LoopTrouble(f"请选定{loop.label}{word}")
    for one in (unit, zone, body):
        if one is not None and one.plant_id != plant.pk:
            raise LoopTrouble("选定的地点不在本厂")
    return Place(unit, zone, body)


def check(
    loop: Loop, *, plant: Plant, by: Account | None, scope: Scope | None, place: Place, confidential: bool,
    origin: str = "",
) -> None:  # fmt: skip
    """Raises LoopTrouble for who may not raise this here."""
    if by is None:
        if not loop.raising.anonymous:
            raise LoopTrouble(f"{loop.label}须登录后提出")
        return
    if by.person_id is None or scope is None or scope.may("cases.raise", plant) is not None:
        raise LoopTrouble(f"{loop.label}由本厂人员提出，这个账号不能提")
    if confidential and not loop.raising.confidential:
        raise LoopTrouble(f"{loop.label}不能保密提出")
    if ANYONE in loop.raising.by:
        return
    body = place.body.pk if place.body else None
    unit = place.unit.pk if place.unit else None
    if not cases_view.roles_at(scope, plant=plant.pk, unit=unit, body=body, origin=origin) & set(loop.raising.by):
        raise LoopTrouble(f"{loop.label}不由您提出，或者不在您的范围内")


def data_of(loop: Loop, *, given: Mapping[str, Any], plant: Plant) -> dict[str, Any]:
    data = cases_view.read_fields(loop, (*loop.raising.needs, *loop.raising.asks), given, plant=plant.pk)
    missing = [f"请填写“{loop.field(code).label}”" for code in loop.raising.needs if data.get(code) is None]
    if missing:
        raise LoopTrouble("\n".join(missing))
    kept = {code: value for code, value in data.items() if value is not None}
    view = CaseView(state=loop.raising.to, data=kept)
    if wrong := [said for check in loop.raising.checks if (said := check.holds(view))]:
        raise LoopTrouble("\n".join(wrong))
    return kept


def people_of(loop: Loop, move: Move | None, given: Mapping[str, Any], *, plant: int) -> dict[str, list[int]]:
    """The persons that a move names as parties, all of the plant."""
    found: dict[str, list[int]] = {}
    for code in move.assigns if move else ():
        if given.get(code) in (None, "", []):
            continue
        chosen = given[code] if isinstance(given[code], list | tuple) else [given[code]]
        party = loop.party(code)
        people = sorted({key for one in chosen if (key := key_of(one)) is not None})
        known = Person.objects.filter(pk__in=people, plant=plant).count()
        if party is None or not people or known != len(people) or len(people) != len(set(map(str, chosen))):
            raise LoopTrouble(f"{party.label if party else code}没有选对，应为本厂人员")
        if len(people) > 1 and not party.many:
            raise LoopTrouble(f"{party.label}只能选一人")
        found[code] = people
    return found


def closed_before(loop: Loop, *, plant: Plant, place: Place, data: Mapping[str, Any], at: dt.datetime) -> Case | None:
    """The last case of the same place and kind that was closed within the days of the declaration."""
    if loop.recurs is None:
        return None
    move = loop.move(loop.recurs.move)
    since = at - dt.timedelta(days=loop.recurs.days)
    rows = Case.objects.filter(recur_key=recur_key(loop, plant, place, data), closed_at__gte=since)
    found = rows.select_for_update().order_by("-closed_at").first()
    return found if found and move and found.state in move.source else None


def recur_key(loop: Loop, plant: Plant, place: Place, data: Mapping[str, Any]) -> str:
    if loop.recurs is None:
        return ""
    kinds = "|".join(str(data.get(code, "")) for code in loop.recurs.fields)
    return f"{plant.pk}|{loop.code}|{place.key}|{kinds}"[:120]


def create(
    loop: Loop, *, plant: Plant, place: Place, data: Mapping[str, Any], at: dt.datetime, by: Account | None, title: str,
    confidential: bool, origin: str, state: str, sent: Sent,
) -> tuple[Case, str]:  # fmt: skip
    """The row, saved; and the claim code of an anonymous one, which is kept nowhere else."""
    claim = (sent.claim or new_claim()) if by is None and origin != CLOCK else ""
    case = Case(
        plant=plant, loop=loop.code, version=loop.version, number=number(loop, plant, at), state=state, data=dict(data),
        title=title_of(loop, data, title), unit=place.unit, zone=place.zone,
        body_id=home_of(loop, plant=plant, place=place, by=by, on=at.date()),
        raised_by_id=by.person_id if by else None, raised_at=at, entered_at=at,
        claim=claim_digest(claim) if claim else "", secrecy="confidential" if confidential else "open",
        recur_key=recur_key(loop, plant, place, data), origin=origin, source_key=sent.digest,
    )  # fmt: skip
    case.save()
    name_owners(loop, case, place, on=at.date())
    return case, claim


def name_owners(loop: Loop, case: Case, place: Place, *, on: dt.date) -> None:
    """Who owns the zone that day stands in the case, as the declaration says."""
    roles = [party.code for party in loop.parties if party.at_zone]
    if place.zone is None or not roles:
        return
    owners = ZoneOwner.objects.on(on).filter(zone=place.zone, person__isnull=False).values_list("person_id", flat=True)
    people = sorted(set(owners))
    CaseParty.objects.bulk_create(CaseParty(case=case, role=r, person_id=one) for r in roles for one in people)


def title_of(loop: Loop, data: Mapping[str, Any], title: str) -> str:
    """The title given, or the first line of the first text filled in, or the words that were chosen."""
    asked = [loop.field(code) for code in (*loop.raising.needs, *loop.raising.asks) if data.get(code) is not None]
    spoken = [data[f.code] for f in asked if f.kind in (Kind.TEXT, Kind.LONG)]
    chosen = "、".join(f.shown(data[f.code]) for f in asked if f.kind is Kind.CHOICE)
    text = next((one for one in (title.strip(), *spoken, chosen) if one), loop.label)
    return str(text).splitlines()[0][:TITLE]


def sent_of(loop: Loop, *, place: Place, data: Mapping[str, Any], by: Account | None, key: str) -> Sent:
    """With the key goes what was said: a page gone back to and filled in anew is another report."""
    if not key:
        return Sent()
    said = json.dumps(
        [loop.code, place.key, dict(data), by.pk if by else None, key], sort_keys=True, ensure_ascii=False
    )
    number, letters = int(hashlib.sha256(f"claim:{said}".encode()).hexdigest(), 16), ""
    for _ in range(CLAIM):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return Sent(hashlib.sha256(f"sent:{said}".encode()).hexdigest(), "" if by else letters)


def sent_before(loop: Loop, *, plant: Plant, at: dt.datetime, sent: Sent) -> Case | None:
    """The case that the same report raised already; of two at once one waits here for the other."""
    if not sent.digest:
        return None
    counter(loop, plant, at)
    return Case.objects.filter(plant=plant, source_key=sent.digest).first()


def counter(loop: Loop, plant: Plant, at: dt.datetime) -> CaseNumber:
    """The row that numbers are counted in, held until the transaction ends."""
    row, _ = CaseNumber.objects.select_for_update().get_or_create(plant=plant, prefix=loop.prefix, year=at.year)
    return row


def number(loop: Loop, plant: Plant, at: dt.datetime) -> str:
    """YH-2026-0417: counted up in the row of the plant, the loop and the year."""
    row = counter(loop, plant, at)
    CaseNumber.objects.filter(pk=row.pk).update(last=F("last") + 1)
    row.refresh_from_db(fields=["last"])
    return f"{loop.prefix}-{at.year}-{row.last:04d}"


def home_of(loop: Loop, *, plant: Plant, place: Place, by: Account | None, on: dt.date) -> int | None:
    """The body that answers: that of the raiser, or the one named, or the branch of the unit; the plant's others have none.

    A committee answers for what it raises itself, or for one who is kept in it directly; never for a unit that it stands on.
    """
    homes = Homes.of(plant)
    if loop.home == "raiser" and by is not None and by.person_id is not None:
        rows = Membership.objects.on(on).filter(person=by.person_id).values_list("body_id", flat=True)
        if (mine := rows.first()) is not None:
            return homes.answering(mine, on)
    if place.body is not None:
        return homes.answering(place.body.pk, on)
    return homes.branch(place.unit.pk, on) if place.unit else None


def new_claim() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CLAIM))


def claim_digest(claim: str) -> str:
    """Slow on purpose and without the installation's secret: codes still open their case after a restore elsewhere."""
    plain = claim.strip().upper().replace("-", "").replace(" ", "")
    return hashlib.pbkdf2_hmac("sha256", plain.encode(), b"ronglu claim", ROUNDS).hex()
