"""What a person reports at the terminal: the form of a loop in large print, and the one verb behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ronglu.config import clock
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.web.words import unit_sign
from ronglu.work import cases
from ronglu.work.cases import Raised
from ronglu.work.queries import kiosk
from ronglu.work.queries.places import Places
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

LOOPS = ("hazard", "idea")
TYPED = (Kind.TEXT, Kind.LONG, Kind.MONEY, Kind.NUMBER, Kind.DATE)
INPUTS = {Kind.DATE: "date", Kind.MONEY: "decimal", Kind.NUMBER: "decimal"}
SEEN = {"source": "seen"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form: tiles, lines to write, or one line."""

    field: Field
    needed: bool
    value: str

    @property
    def tiles(self) -> bool:
        return self.field.kind is Kind.CHOICE

    @property
    def long(self) -> bool:
        return self.field.kind is Kind.LONG

    @property
    def mode(self) -> str:
        return INPUTS.get(self.field.kind, "text")

    @property
    def unit(self) -> str:
        return unit_sign("元" if self.field.kind is Kind.MONEY else self.field.unit)


def questions(loop: Loop, typed: Mapping[str, str]) -> list[Asked]:
    """What must be said, and what may be written; records are chosen at a desk, not at a terminal."""
    raising = loop.raising
    must = [loop.field(code) for code in raising.needs]
    may = [field for code in raising.asks if (field := loop.field(code)).kind in TYPED]
    return [Asked(one, one in must, typed.get(one.code, "")) for one in (*must, *may)]


def send(*, loop: Loop, unit: "Unit", account: "Account", typed: Mapping[str, str], key: str) -> Raised:
    """LoopTrouble says what is wrong. At a zone of the line where one was named, else at the line."""
    places = Places(unit.plant, clock.today())
    zone = kiosk.zone_of(unit, places, typed.get("zone", ""))
    asked = {*loop.raising.needs, *loop.raising.asks}
    given = SEEN | {code: value for code, value in typed.items() if code in asked}
    at_body = loop.raising.place == "body"
    return cases.raise_case(
        loop=loop,
        plant=unit.plant,
        unit=unit,
        zone=zone,
        body=kiosk.body_of(unit, clock.today()) if at_body else None,
        given={code: value for code, value in given.items() if code in asked},
        at=clock.now(),
        by=account,
        scope=scope_of(account, on=clock.today()),
        origin="kiosk",
        key=key,
    )
