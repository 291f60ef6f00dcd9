"""责任书·承诺书 in the browser: one's own papers, how complete each body's list is, and, for discipline roles, who is to be asked."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, back_to, chosen, judged, known, on, within
from ronglu.web.integrity import forms
from ronglu.web.integrity.frame import CHIPS, bar, deed_page
from ronglu.web.papers import taken
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named
from ronglu.work import commitments as verbs
from ronglu.work import wording
from ronglu.work.queries import commitments as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Commitment

SEE, KEEP = queries.SEE, queries.KEEP
UP = (_("责任书、承诺书"), "commitments")
ASK = Deed(
    label=_("列入要求"), icon="plus", form=forms.Asked, run=lambda plant, **said: _ask(**said), done=_("已列入，签的人在待办里看得到。"),
    says=_("先列出今年要签的人；完成率按这张名单算，名单以外的不抵数。"),
)  # fmt: skip
SIGN = Deed(
    label=_("登记已签"), icon="check", form=forms.Signed, run=on(verbs.sign, "commitment"), done=_("已登记，等另一人核对原件。"),
    shown=lambda row: row.state == "asked",
)  # fmt: skip
KEPT = {
    "sign": SIGN,
    "confirm": Deed(
        label=_("核对"), icon="audited", form=forms.Looked, run=judged(verbs.confirm, "commitment"), done=_("已核对。"),
        says=_("看过原件再核对；本人签的、自己登记的，须由另一人核对。"), shown=lambda row: row.state == "signed",
    ),
    "drop": Deed(
        label=_("不再要求"), icon="x", form=forms.Reasoned, run=on(verbs.drop, "commitment"), done=_("已从名单上取消。"),
        shown=lambda row: row.state == "asked",
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, year = Places(where.plant, where.on), year_asked(request, where)
    found = queries.tallies(scope=scope, places=places, year=year)
    context = {
        "bar": bar(request, where, "commitments"),
        "year": str(year),
        "years": [(str(one), str(one)) for one in range(where.on.year, where.on.year - 3, -1)],
        "own": [(row, kinds(where)[row.kind], CHIPS[row.state]) for row in queries.own(scope=scope, plant=where.plant)],
        "tallies": found,
        "whole": queries.whole(found, plant=where.plant, year=year),
        "keeps": scope.has(KEEP),
        "sheets": [(one, _rows(one, where, scope.account_id, scope.person_id)) for one in found if one.rows],
        "few": queries.FEW,
        "tail": where.tail,
    }
    return render(request, "integrity/commitments.html", context)


@page(verb=KEEP)
def ask(request: HttpRequest) -> HttpResponse:
    where = here(request, KEEP)
    initial = {"due_on": where.on.replace(month=12, day=31)}
    places = within(request, where, bodies=KEEP)
    return deed_page(
        request, ASK, subject=where.plant, title=where.plant.name, where=where, up=back_to(*UP, where), places=places,
        initial=initial,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """The signer signs his own; everything else is for who keeps the register."""
    scope = scope_of_request(request)
    row: Commitment = known(queries.readable(scope=scope, pk=pk))
    if scope.may(KEEP, row.body) is not None and deed != "sign":
        raise Http404("没有这件事可办")
    where = here(request, SEE, of=row.body.plant)
    title = f"{kinds(where)[row.kind]} {row.year} {row.person.name}"
    return deed_page(
        request, chosen(KEPT, deed, row), subject=row, title=title, where=where, up=back_to(*UP, where)
    )  # fmt: skip


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    """How complete the lists are; the second sheet, with names, is there for who keeps the register."""
    where, scope = here(request, SEE), scope_of_request(request)
    year = year_asked(request, where)
    found = queries.tallies(scope=scope, places=Places(where.plant, where.on), year=year)
    rows = [
        [one.name, one.required, *((one.shown.there, one.shown.percent) if one.shown else ("—", "—"))] for one in found
    ]
    sheets = [
        Sheet(gettext("完成情况"), [gettext("党组织"), gettext("应签"), gettext("已签"), gettext("完成率 %")], rows)
    ]
    if kept := [(one, row) for one in found for row in one.rows]:
        names = kinds(where)
        told = [
            [
                one.name,
                row.person.name,
                names[row.kind],
                row.due_on,
                row.signed_on,
                named(row.get_state_display()),
                row.kept,
            ]
            for one, row in kept
        ]
        heads = [
            gettext("党组织"),
            gettext("姓名"),
            gettext("哪一种"),
            gettext("期限"),
            gettext("签订日期"),
            gettext("状态"),
            gettext("存放处或编号"),
        ]
        sheets.append(Sheet(gettext("登记册"), heads, told))
    name = gettext("%(plant)s-责任书承诺书-%(year)s") % {"plant": where.plant.name, "year": year}
    return taken(request, sheets, name=name, organ=where.plant.name)


def kinds(where: Here) -> dict[str, str]:
    return {one.code: named(one) for one in wording.listed(where.plant, "commitments")}


def _rows(one: queries.Tally, where: Here, account: int | None, person: int | None) -> list[dict[str, Any]]:
    """Who is still to be asked first, then what waits to be looked at, then the rest."""
    names, order = kinds(where), {"asked": 0, "signed": 1}
    return [
        {"row": row, "kind": names[row.kind], "chip": CHIPS[row.state], "deeds": _deeds(row, account, person)}
        for row in sorted(one.rows, key=lambda row: order.get(row.state, 2))
    ]


def _deeds(row: "Commitment", account: int | None, person: int | None) -> list[tuple[str, Deed]]:
    """Not to confirm what one signed or entered, not to take oneself off the list."""
    barred = {"confirm"} if row.entered_by_id == account else set()
    barred |= {"confirm", "drop"} if row.person_id == person else set()
    return [(word, deed) for word, deed in KEPT.items() if word not in barred and deed.shown(row)]


def _ask(*, body: Any, kind: str, whom: str, person: Any, due_on: Any, by: Any, at: Any) -> list["Commitment"]:
    said = {"body": body, "kind": kind, "due_on": due_on, "by": by, "at": at}
    return verbs.ask(people=[person], year=due_on.year, **said) if whom == "one" else verbs.ask_all(whom=whom, **said)
