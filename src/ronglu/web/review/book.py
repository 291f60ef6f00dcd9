"""The year at a glance as a workbook: where each branch stands in each period, and what is late."""

from collections.abc import Mapping

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops.loop import State
from ronglu.kernel.time.period import Period
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.review.views import SEE, short
from ronglu.web.sheet.frame import asked_for
from ronglu.web.where import year_asked
from ronglu.web.words import named, pack_of
from ronglu.work.queries import reviews as queries

States = Mapping[tuple[str, str], State]


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    plant, year = at.here.plant, Period.year(year_asked(request, at.here))
    view = queries.year_view(scope=scope_of_request(request), plant=plant, year=year, at=clock.now())
    states = queries.states(pack_of(plant.code).loops)
    heads = [_("支部"), *(short(one) for one in view.periods), _("已迟")]
    rows = [[line.name, *(_word(cell, states) for cell in line.cells), line.late] for line in view.lines]
    late = [(name, cell.period, _state(cell, states), cell.due_on) for name, cell in view.late]
    sheets = [
        Sheet(_("考核周期"), heads, rows),
        Sheet(_("已迟"), [_("支部"), _("期间"), _("停在"), _("期限")], late),
    ]
    return workbook_of(sheets, name=_("%(plant)s-考核周期-%(year)s.xlsx") % {"plant": plant.name, "year": year})


def _word(cell: queries.Cell | None, states: States) -> str | None:
    """What is late says so beside where it stands."""
    if cell is None:
        return None
    return _("%s（已迟）") % _state(cell, states) if cell.late else _state(cell, states)


def _state(cell: queries.Cell, states: States) -> str:
    return named(states.get((cell.kind, cell.state), cell.state))
