"""One report: what was typed, the pictures that came along, the throttle, and the verb that raises it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import me, scope_of_request
from ronglu.web.attachments.door import Cleaned, pictures_of
from ronglu.web.throttle import allowed
from ronglu.work import attachments, cases
from ronglu.work.cases import Raised
from ronglu.work.queries import reports
from ronglu.work.queries.reports import Turn

if TYPE_CHECKING:
    from ronglu.store.models import Zone

LOOP = "hazard"
A_MINUTE = 12
PICTURES = 3
SHORTEST_KEY = 20
ICONS = {"equipment": "settings", "person": "person", "site": "pin", "electric": "bolt", "fire": "flame"}
"""Of the tiles; a kind that a plant adds has the plain one."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds: given back whole when the report is refused."""

    kind: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Sent:
    """`claim` in fours, as people read it out; `joined` is the number of the case that was opened again."""

    case: int
    number: str
    claim: str
    joined: str
    turn: Turn
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    typed: Typed
    why: tuple[str, ...]
    status: int = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is answered in words."""

    field: Field
    needed: bool
    value: str


def loop_of(zone: "Zone", code: str) -> Loop | None:
    """What may be raised here without a name."""
    return next((loop for loop in nameless_at(zone) if loop.code == code), None)


def nameless_at(zone: "Zone") -> list[Loop]:
    return [loop for loop in pack_of(zone.plant.code).loops.values() if loop.raising.anonymous]


def kind_of(loop: Loop) -> Field:
    """The question with the large tiles."""
    return loop.field(loop.raising.needs[0])


def questions(loop: Loop, said: Typed) -> list[Asked]:
    """What is asked besides the tiles; what must be answered first."""
    asked = [loop.field(code) for code in (*loop.raising.needs, *loop.raising.asks)]
    written = [one for one in asked if one.kind in (Kind.TEXT, Kind.LONG)]
    return [Asked(one, one.code in loop.raising.needs, said.words.get(one.code, "")) for one in written]


def typed(request: HttpRequest, loop: Loop) -> Typed:
    """A page too old to bring a key of its own gets one, else each press would be another report."""
    asked = [one.field.code for one in questions(loop, Typed())]
    words = {code: request.POST.get(code, "").replace("\0", "").strip() for code in asked}
    key = request.POST.get("key", "")[:80]
    kind = request.POST.get("kind", "")[:40]
    return Typed(kind, words, key) if len(key) >= SHORTEST_KEY else Typed(kind, words)


def send(request: HttpRequest, zone: "Zone", loop: Loop, *, named: bool) -> Sent | Refused:
    said = typed(request, loop)
    if not named and not allowed(f"report:{zone.pk}", most=A_MINUTE):
        return Refused(said, (_("这里一分钟内收到的报告太多，请过一分钟再点“报出”。您填的内容还在。"),), 429)
    pictures, why = pictures_of(request.FILES.getlist("pictures"), most=PICTURES)
    if why:
        return Refused(said, (*why, _("可以不带图片先报出。")))
    try:
        raised = _raise(request, loop, zone, said, named=named)
    except LoopTrouble as trouble:
        return Refused(said, tuple(str(trouble).splitlines()))
    return Sent(
        case=raised.case.pk,
        number=raised.case.number,
        claim=" ".join(raised.claim[at : at + 4] for at in range(0, len(raised.claim), 4)),
        joined=raised.joined.number if raised.joined else "",
        turn=reports.turn_of(loop, raised.joined or raised.case, clock.today()),
        refused=tuple(_attach(request, raised, pictures, named=named)),
    )


def _raise(request: HttpRequest, loop: Loop, zone: "Zone", said: Typed, *, named: bool) -> Raised:
    given: dict[str, Any] = {kind_of(loop).code: said.kind, "source": "seen", **said.words}
    asked = {*loop.raising.needs, *loop.raising.asks}
    return cases.raise_case(
        loop=loop,
        plant=zone.plant,
        zone=zone,
        given={code: value for code, value in given.items() if code in asked},
        at=clock.now(),
        by=me(request) if named else None,
        scope=scope_of_request(request) if named else None,
        key=said.key,
    )


def _attach(request: HttpRequest, raised: Raised, pictures: list[Cleaned], *, named: bool) -> list[str]:
    """The report stands already: a picture that finds no room is said, and costs nothing else."""
    by = me(request) if named else None
    for one in pictures:
        try:
            attachments.attach(case=raised.case, name=one.name, data=one.data, suffix=one.suffix, at=clock.now(), by=by)
        except LoopTrouble as trouble:
            return str(trouble).splitlines()
    return []
