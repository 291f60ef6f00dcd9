"""Which plant and which day a page is about: from the address, else the reader's own plant and today."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils.dateparse import parse_date

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, scope_of_request

if TYPE_CHECKING:
    from ronglu.store.models import Plant


@dataclass(frozen=True, slots=True)
class Here:
    plant: "Plant"
    plants: list[tuple[str, str]]
    """Code and name of all the reader may pick here; a picker is drawn for more than one."""
    on: dt.date
    today: bool

    @property
    def tail(self) -> str:
        """What an address needs to stay on this plant and day."""
        parts = [f"plant={self.plant.code}"] if len(self.plants) > 1 else []
        parts += [] if self.today else [f"on={self.on}"]
        return "?" + "&".join(parts) if parts else ""


def here(request: HttpRequest, verb: str, *, of: "Plant | None" = None) -> Here:
    """One query. A plant that the reader may not see is "not found", as if it did not exist. `of` is the plant of
    what the address names, which then counts instead of the one asked for."""
    plants = list(scope_of_request(request).plants(verb).order_by("position", "code"))
    code = of.code if of else asked(request, "plant")
    plant = next((one for one in plants if one.code == code or not code), None)
    if plant is None:
        raise Http404("没有这个厂，或不在您的范围内")
    on = day_asked(request)
    return Here(plant, [(one.code, one.name) for one in plants], on, on == clock.today())


def day_asked(request: HttpRequest, name: str = "on") -> dt.date:
    """A day in the address; what is no date is today."""
    try:
        return parse_date(asked(request, name)) or clock.today()
    except ValueError:
        return clock.today()


def year_asked(request: HttpRequest, where: Here, *, last: int = 2099) -> int:
    """The year in the address; what is none from 2000 to `last` is that of the day."""
    year = key_of(asked(request, "year"), most=last)
    return year if year is not None and year >= 2000 else where.on.year
