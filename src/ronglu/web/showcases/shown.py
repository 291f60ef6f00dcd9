"""The boards of a plant as pages draw them: names, figures, words on ties; the same for the desk and the plant's screen."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.boards.indicator import rows
from ronglu.boards.indicator.read import Line
from ronglu.boards.indicator.rows import Around
from ronglu.boards.showcase import read
from ronglu.boards.showcase.read import Beside, Shown
from ronglu.kernel.time.period import Period
from ronglu.web.board.words import gap_of
from ronglu.web.formats import MISSING, num, signed
from ronglu.web.words import pack_of
from ronglu.work.queries import showcases as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Plant, Showcase


def around_of(plant: "Plant") -> Around | None:
    return rows.around(plant=plant, indicators=pack_of(plant.code).indicators)


def month_of(around: Around, places: Places) -> Period:
    """The statistical month of the day asked for, or the last one with data."""
    return around.calendar.month_of(min(places.on, around.until))


def boards(*, places: Places, around: Around, line: int | None = None) -> Mapping[str, Any]:
    """Of the whole plant, or of one line's crews; in the roster's order of crews (甲乙丙丁), never by what they reached."""
    view, period = places.production.at(places.on), month_of(around, places)
    listed = [one for one in queries.shown(plant=places.plant) if one.unit_id in view.nodes]
    shown = [_shown(one, int(view.nodes[one.unit_id].parent or 0), places) for one in listed]
    shown = [one for one in shown if line is None or one.line == line]
    row = {one.unit_id: one for one in listed}
    names = {one.unit: one.name for one in shown}
    return {
        "period": period,
        "boards": [
            {
                "name": names[one.unit], "row": row[one.unit], "line": places.unit_name(_above(shown, one.unit)),
                "figures": [figure(line) for line in one.lines], "missing": one.missing,
            }
            for one in read.boards(around=around, shown=shown, period=period)
        ],
        "beside": [_beside(one, places) for one in read.beside(around=around, shown=shown, period=period)],
    }  # fmt: skip


def figure(line: Line) -> dict[str, Any]:
    """Against the plan due by now, where there is one, and against the crew's own month before."""
    gap = gap_of(line)
    return {
        "indicator": line.indicator,
        "value": line.value,
        "plan": "" if gap == MISSING else gap,
        "past": _past(line, line.before.base),
    }


def _past(line: Line, base: Any) -> str:
    if line.value is None or base is None:
        return ""
    change = signed(line.value - base, line.indicator.decimals)
    return _("比本班上月 %(change)s（上月 %(base)s）") % {"change": change, "base": num(base, line.indicator.decimals)}


def _shown(row: "Showcase", line: int, places: Places) -> Shown:
    return Shown(row.unit_id, line, places.unit_name(row.unit_id), tuple(row.indicators))


def _above(shown: Sequence[Shown], unit: int) -> int:
    return next(one.line for one in shown if one.unit == unit)


def _beside(one: Beside, places: Places) -> dict[str, Any]:
    """In words: who differs by more than chance, who does not, of whom nobody knows."""
    told = []
    if one.tied:
        told.append(_("差别都在平常波动之内，不分高下"))
    if one.apart:
        pairs = _("、").join(_("%(a)s和%(b)s") % {"a": a, "b": b} for a, b in one.apart)
        told.append(
            _("%s的差别大于平常的波动，其余不分高下") % pairs if one.rest else _("%s的差别大于平常的波动") % pairs
        )
    if one.unknown:
        pairs = _("、").join(_("%(a)s和%(b)s") % {"a": a, "b": b} for a, b in one.unknown)
        told.append(_("%s缺数或共同的过去不满八个月，不比") % pairs)
    return {
        "line": places.unit_name(one.line), "indicator": one.indicator, "values": one.values, "says": _("。").join(told)
    }  # fmt: skip
