"""The readings behind one figure as rows: for the page a few at a time, for the workbook all of them."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.boards.explain.read import Explanation, read, readings
from ronglu.boards.explain.readings import Readings, SlotRow
from ronglu.boards.explain.slots import ranks
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.formats import moment
from ronglu.web.links import address
from ronglu.web.sheet.frame import Asked, asked_for

ALL = 100_000
"""More than the slots of any month."""
ORIGIN = {
    "source": gettext_lazy("来源文件"), "cell": gettext_lazy("表 ! 格"), "version": gettext_lazy("版本"),
    "reason": gettext_lazy("更正原因"), "who": gettext_lazy("录入"), "auditor": gettext_lazy("审核"),
    "known": gettext_lazy("录入于"), "audited": gettext_lazy("审核于"),
}  # fmt: skip


@page(verb="sheet.see")
def workbook(request: HttpRequest, month: Period, body: str, item: str) -> FileResponse:
    """All readings behind one figure, with where each came from."""
    at, scope = asked_for(request, month=month), scope_of_request(request)
    told = told_of(request, at, body, item)
    figure = told.figure(asked(request, "figure"))
    if figure is None:
        raise Http404("这一项没有这个指标")
    found = readings(scope=scope, told=told, figure=figure, size=ALL)
    heads = [f"{series.name}（{series.unit}）" for series in found.series]
    whole = [f"{figure.name}（{figure.unit}）"] if ranks(figure) else []
    sheet = Sheet(
        _("读数"), [_("生产日"), _("班次"), _("横大班"), _("产线"), *heads, *whole, *map(str, ORIGIN.values())],
        [_line(slot, row, bool(whole)) for slot, row in zip(found.rows, rows(found), strict=True)],
    )  # fmt: skip
    return workbook_of([sheet], name=f"{told.branch.name}-{item}-{figure.code}-{month}.xlsx")


def _line(slot: SlotRow, row: dict[str, Any], with_whole: bool) -> list[Any]:
    values = [one.value if one and one.scored else None for one in slot.values]
    whole = [slot.whole.shown] if with_whole else []
    return [slot.day, slot.shift, slot.letter, slot.unit, *values, *whole, *(row[key] for key in ORIGIN)]


def told_of(request: HttpRequest, at: Asked, body: str, item: str) -> Explanation:
    told = read(
        scope=scope_of_request(request), plant=at.here.plant, month=at.month, body=body, item=item, number=at.number,
        pack=pack_of(at.here.plant.code),
    )  # fmt: skip
    if told is None:
        raise Http404("没有这一项得分，或不在您的范围内")
    return told


def rows(found: Readings) -> list[dict[str, Any]]:
    """One row a slot as the table of readings takes it; what several series share is said once."""
    told = []
    for slot in found.rows:
        given = [one for one in slot.values if one is not None]
        first = next((one for one in given if one.file or one.entered_by), given[0])
        told.append({
            "unit": slot.unit, "day": slot.day, "shift": slot.shift, "crew": slot.letter,
            "whole": slot.whole, "values": _values(slot),
            "source": _joined(one.file for one in given) or _("录入"),
            "url": address("import", first.batch) if first.batch else "",
            "cell": _joined(one.place for one in given),
            "version": _joined(f"v{one.version}" for one in given),
            "who": _joined(one.entered_by for one in given), "auditor": _joined(one.audited_by for one in given),
            "known": _joined(moment(one.known_at) for one in given),
            "audited": _joined(moment(one.audited_at) for one in given if one.audited_at),
            "reason": _joined(one.reason for one in given), "digest": _joined(one.digest for one in given),
        })  # fmt: skip
    return told


def _values(slot: SlotRow) -> list[dict[str, Any]]:
    return [
        {"given": one, "gap": gap, "waits": one is not None and not one.scored,
         "url": address("reading", one.pk) if one else ""}
        for one, gap in zip(slot.values, slot.gaps, strict=True)
    ]  # fmt: skip


def _joined(texts: Any) -> str:
    return " · ".join(dict.fromkeys(text for text in texts if text))
