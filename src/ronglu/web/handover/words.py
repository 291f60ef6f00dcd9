"""A shift in words: won or lost, what is missing, what is needed now; never red, never a bare number."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.boards.handover.read import Stand
from ronglu.boards.indicator.chain import Step
from ronglu.kernel.measure.halts import StopBook
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain
from ronglu.web.board.views import step
from ronglu.web.formats import num, short_day
from ronglu.web.words import named, shift_word

if TYPE_CHECKING:
    from ronglu.store.models import Handover

STATES = {"won": "good", "lost": "behind", "missing": "missing", "unplanned": "nothing"}


def shown(stand: Stand, *, calendar: Calendar, book: StopBook) -> dict[str, Any]:
    """What every page of one shift shows."""
    steps = [one for one in (stand.shift, *stand.steps) if one is not None]
    return {
        "stand": stand,
        "name": shift_name(stand),
        "state": STATES[stand.won],
        "verdict": verdict(stand),
        "chain": [step(calendar, one) for one in steps],
        "lead": named(stand.lead) if stand.lead else "",
        "says": says(stand),
        "stood": [(reason(book, one.halt.reason), one) for one in stand.stood],
    }


def shift_name(stand: Stand) -> str:
    return f"{short_day(stand.day)} {shift_word(stand.slot.name)} {stand.letter}".strip()


def row_name(calendar: Calendar, row: "Handover") -> str:
    return f"{short_day(row.day)} {shift_word(calendar.shift_name(row.day, row.shift_no))}"


def verdict(stand: Stand) -> str:
    """本班欠 12.3 t."""
    one = stand.shift
    if one is None or one.due is None:
        return _("本班没有计划")
    if one.value is None:
        return _("本班缺数，不判赢欠")
    gap = one.value - one.due
    said = {"gap": num(abs(gap), one.indicator.decimals), "unit": one.indicator.unit}
    if gap == 0:
        return _("本班正好完成")
    return (_("本班超 %(gap)s %(unit)s") if gap > 0 else _("本班欠 %(gap)s %(unit)s")) % said


def says(stand: Stand) -> list[str]:
    """Sentences a crew reads standing: what is behind, what is not known, what the next shift has to bring."""
    told = [_behind(one) for one in stand.steps if one.state in ("watch", "alarm")]
    told += [_("%s缺数，没有当零") % NAMES[one.period.grain]() for one in stand.steps if one.value is None]
    if stand.minutes:
        told.append(_("本班停机 %d 分钟") % stand.minutes)
    if stand.needed is not None and stand.lead is not None:
        need = num(stand.needed, stand.lead.decimals)
        told.append(_("下一班要 %(need)s %(unit)s，本月才保得住") % {"need": need, "unit": stand.lead.unit})
    return told or [_("日、周、月、年都在计划上")]


NAMES = {
    Grain.SHIFT: lambda: _("本班"), Grain.DAY: lambda: _("本日"), Grain.WEEK: lambda: _("本周"),
    Grain.MONTH: lambda: _("本月"), Grain.YEAR: lambda: _("全年"),
}  # fmt: skip


def _behind(one: Step) -> str:
    short = (one.due or 0) - (one.value or 0)
    said = {"what": NAMES[one.period.grain](), "gap": num(short, one.indicator.decimals), "unit": one.indicator.unit}
    words = _("%(what)s欠 %(gap)s %(unit)s") % said
    if not one.needed:
        return words
    more = {"days": one.days_left, "need": num(one.needed), "unit": one.indicator.unit}
    return words + _("，余 %(days)d 日，每日要 %(need)s %(unit)s") % more


def reason(book: StopBook, code: str) -> str:
    """What no longer stands in the list is shown as it was kept."""
    return named(found) if (found := book.reason(code)) else code
