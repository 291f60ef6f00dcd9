"""The list of people in one's scope: found by name, pinyin or number, narrowed by unit, kind of work and standing; and the roster as a workbook."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.links import address
from ronglu.web.where import Here, here
from ronglu.work.queries.people_list import AWAY, Asked, matching, rows_of
from ronglu.work.queries.places import Places

SIZE = 50


@page(verb="people.see")
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "people.see"), scope_of_request(request)
    places, wanted = Places(where.plant, where.on), _asked(request)
    found = Paginator(matching(scope=scope, places=places, asked=wanted), SIZE).get_page(request.GET.get("page"))
    context = {
        "here": where,
        "asked": wanted,
        "page": found,
        "rows": rows_of(list(found), scope=scope, places=places),
        "units": [("", _("全部单位")), *places.units()],
        "kinds": [
            ("", _("在岗")),
            ("regular", _("在册")),
            ("contractor", _("外委")),
            ("seconded", _("借调")),
            (AWAY, _("不在岗")),
        ],
        "standings": [("", _("不限")), ("full", _("正式")), ("probationary", _("预备")), ("none", _("非党员"))],
        "orders": [("", _("工号")), ("name", _("姓名拼音"))],
        "order": "name" if wanted.by_name else "",
        "sees_standing": _sees_standing(request),
        "may_edit": scope.may("org.edit", where.plant) is None,
        "may_import": scope.may("people.import", where.plant) is None,
        "imports": address("imports"),
        "query": request.GET.urlencode(),
    }
    return render(request, "people/list.html", context)


@page(verb="people.see")
def workbook(request: HttpRequest) -> FileResponse:
    """What the list shows, all pages of it; the columns are those that a roster import reads."""
    where, scope = here(request, "people.see"), scope_of_request(request)
    places = Places(where.plant, where.on)
    found = list(matching(scope=scope, places=places, asked=_asked(request)))
    heads = [_("工号"), _("姓名"), _("单位"), _("用工"), _("职务")]
    party = [_("党员类别"), _("党组织"), _("编入依据")] if _sees_standing(request) else []
    lines = [_line(row, bool(party)) for row in rows_of(found, scope=scope, places=places)]
    return workbook_of([Sheet(_("花名册"), [*heads, *party], lines)], name=_file_name(where))


def _asked(request: HttpRequest) -> Asked:
    return Asked(
        text=asked(request, "q", 40),
        unit=key_of(asked(request, "unit")),
        kind=asked(request, "kind"),
        by_name=asked(request, "order") == "name",
        standing=asked(request, "standing") if _sees_standing(request) else "",
    )


def _sees_standing(request: HttpRequest) -> bool:
    """Whether party standing of anybody else is open to the reader: else the column would only tell him his own."""
    reach = scope_of_request(request).reach("membership.see")
    return bool(reach.everywhere or reach.plants or reach.bodies)


def _line(row: Any, with_party: bool) -> list[Any]:
    said = [row.person.staff_no, row.person.name, row.unit_path, row.kind, "、".join(row.posts)]
    return [*said, row.standing, row.body_path, row.basis] if with_party else said


def _file_name(where: Here) -> str:
    return f"{where.plant.name}-{_('花名册')}-{where.on}.xlsx"
