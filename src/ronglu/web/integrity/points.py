"""五抓五促 of a quarter in the browser: five sentences a body, filled by itself and looked at by the discipline office."""

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, back_to, judged, known
from ronglu.web.integrity import forms
from ronglu.web.integrity.frame import CHIPS, bar, deed_page
from ronglu.web.papers import taken
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import quarter_points as verbs
from ronglu.work import wording
from ronglu.work.queries import integrity as queries
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import QuarterPoint

SEE, FILL, LOOK = queries.SEE, queries.FILL, queries.LOOK
BACK = 4
"""Quarters offered."""
UP = (_("五抓五促"), "quarter_points")
LOOKED = Deed(
    label=_("看过"), icon="eye", form=forms.PointLooked, run=judged(verbs.look, "row"), done=_("已记下。"),
    says=_("填的人不能自己看；不实的写明哪里，退回重填。"),
)  # fmt: skip


def quarter_asked(request: HttpRequest, where: Here) -> Period:
    """The quarter in the address; what is none is that of the day."""
    return _quarter(asked(request, "quarter")) or Period.day(where.on).up(Grain.QUARTER)


def offered(where: Here) -> list[tuple[str, str]]:
    now = Period.day(where.on).up(Grain.QUARTER)
    return [(str(now - n), named(now - n)) for n in range(BACK)]


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    quarter = quarter_asked(request, where)
    found = queries.quarters(scope=scope, places=Places(where.plant, where.on), quarter=quarter)
    context = {
        "bar": bar(request, where, "quarter_points"),
        "quarter": str(quarter),
        "quarters": offered(where),
        "rows": [
            (one, scope.may(FILL, one.body) is None, [(point, row, _chip(row), _may_look(row, scope)) for point, row in one.points])
            for one in found
        ],
        "note": wording.declared().note,
        "tail": where.tail,
    }  # fmt: skip
    return render(request, "integrity/points.html", context)


def _chip(row: "QuarterPoint | None") -> str:
    if row is None:
        return "waiting"
    return "watch" if row.remark else CHIPS[row.state]


def _may_look(row: "QuarterPoint | None", scope: Scope) -> bool:
    if row is None or row.looked_by_id is not None or row.by_id == scope.account_id:
        return False
    return scope.may(LOOK, row.body) is None


@page(verb=FILL)
def fill(request: HttpRequest, code: str, quarter: str, point: str) -> HttpResponse:
    body = known(scope_of_request(request).bodies(FILL).filter(code=code).select_related("plant").first())
    where = here(request, FILL, of=body.plant)
    named_point = known(next((one for one in wording.listed(body.plant, "points") if one.code == point), None))
    period = known(_quarter(quarter))
    before = body.quarter_points.filter(quarter=str(period), point=point).first()
    deed = Deed(
        label=_("填写"), icon="edit", form=forms.Filled, done=_("已填。"),
        run=lambda subject, **said: verbs.fill(body=subject, quarter=period, point=point, **said),
        says=_("写清办了什么就行；会议、自查、谈话在各自的页面有记录，不用再抄一遍。"),
    )  # fmt: skip
    initial = {"done": "no" if before and before.state == "none" else "yes", "words": before.words if before else ""}
    title = f"{Places(body.plant, where.on).body_name(body.pk)} {named(period)} {named(named_point)}"
    return deed_page(
        request, deed, subject=body, title=title, where=where, up=back_to(*UP, where), initial=initial
    )  # fmt: skip


@page(verb=LOOK)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.point(pk=pk))
    require(request, LOOK, row.body)
    where = here(request, LOOK, of=row.body.plant)
    return deed_page(request, LOOKED, subject=row, title=row.words, where=where, up=back_to(*UP, where))


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    quarter = quarter_asked(request, where)
    found = queries.quarters(scope=scope, places=Places(where.plant, where.on), quarter=quarter)
    rows = [
        [one.name, named(point), named(row.get_state_display()) if row else gettext("还没有填"), row.words if row else "",
         row.looked_by.person.name if row and row.looked_by and row.looked_by.person else ""]
        for one in found for point, row in one.points
    ]  # fmt: skip
    heads = [gettext("党组织"), gettext("哪一抓"), gettext("本季"), gettext("办了什么"), gettext("谁看过")]
    name = gettext("%(plant)s-五抓五促-%(quarter)s") % {"plant": where.plant.name, "quarter": quarter}
    return taken(request, [Sheet(gettext("五抓五促"), heads, rows)], name=name, organ=where.plant.name)


def _quarter(text: str) -> Period | None:
    try:
        found = Period.parse(text)
    except TimeTrouble:
        return None
    return found if found.grain is Grain.QUARTER else None
