"""One shift of one line, as a page and as what is signed: read, filled in, given; the same for desk and terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.boards.handover import read
from ronglu.boards.handover.read import Stand
from ronglu.config import clock
from ronglu.config.plant import pack_of as declared
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import CalendarError
from ronglu.web.halts.asked import clock_of
from ronglu.web.handover.forms import Given, tomorrow
from ronglu.web.handover.words import reason, row_name, shift_name, shown, verdict
from ronglu.web.words import pack_of
from ronglu.work import handovers
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    import datetime as dt

    from ronglu.store.models import Account, Handover, Unit


@dataclass(frozen=True)
class Desk:
    """The line whose shift is handed over, and everything about that shift."""

    unit: "Unit"
    calendar: Calendar
    stand: Stand

    @property
    def book(self) -> Any:
        return declared(self.unit.plant.code).base.stops

    def shown(self) -> dict[str, Any]:
        given = self.stand.given
        return shown(self.stand, calendar=self.calendar, book=self.book) | {
            "given_reason": reason(self.book, given.reason) if given and given.reason else "",
            "barred": self.barred,
        }

    @property
    def barred(self) -> str:
        """Why this shift cannot be handed over now, whatever would be written; "" while it can or was."""
        slot = self.stand.slot
        return "" if self.stand.given else handovers.too_early(ends_at=slot.ends_at, at=clock.now())

    def waiting(self) -> "list[tuple[str, Handover]]":
        """This shift and the one before, where they wait to be taken over, with their names."""
        found = (self.stand.given, self.stand.before)
        return [(row_name(self.calendar, one), one) for one in found if one and one.taken_at is None]

    def form(self, data: Mapping[str, Any] | None = None) -> Given:
        longest = max(self.stand.stood, key=lambda one: one.minutes, default=None)
        start = {"reason": longest.halt.reason if longest else "", "finish_by": tomorrow(self.stand.day), "act": ""}
        loops = declared(self.unit.plant.code).loops
        return Given(data or None, plant=self.unit.plant.code, loops=loops, initial=start)

    def give(self, form: Given, *, by: "Account", scope: Scope, origin: str = "web", key: str = "") -> "Handover":
        """TimeTrouble or LoopTrouble say what is wrong."""
        stand, step = self.stand, self.stand.shift
        figures = handovers.Figures(
            day=stand.day, shift_no=stand.slot.no, letter=stand.letter, won=stand.won,
            indicator=stand.lead.code if stand.lead else "", plan=step.due if step else None,
            actual=step.value if step else None,
        )  # fmt: skip
        said = _("%s 交接班") % shift_name(stand)
        return handovers.give(
            unit=self.unit, figures=figures, ends_at=stand.slot.ends_at, book=self.book, by=by, scope=scope,
            at=clock.now(), reason=form.cleaned_data["reason"], words=form.cleaned_data["words"],
            action=form.action(said=said, short=verdict(stand)), origin=origin,
            key=key,
        )  # fmt: skip


def desk(unit: "Unit", *, day: "dt.date | None" = None, no: int | None = None) -> Desk | None:
    """The shift named, else the one to hand over now; None for a shift that the day does not have."""
    calendar, at = clock_of(unit.plant), clock.now()
    if day is None or no is None:
        day, no = read.due(calendar, unit=unit.pk, at=at)
    indicators = pack_of(unit.plant.code).indicators
    around = read.around_of(plant=unit.plant, calendar=calendar, indicators=indicators, day=day)
    try:
        return Desk(unit, calendar, read.stand(around=around, unit=unit.pk, day=day, no=no, at=at))
    except CalendarError:
        return None
