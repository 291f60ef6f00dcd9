"""责任清单 in the browser: every seat's duties of a month, what showed them done, one seat's year, and the list itself."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.gathering.integrity import EVERY
from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.regulation.facts import GATHERINGS
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, back_to, judged, known, on
from ronglu.web.integrity import forms
from ronglu.web.integrity.frame import CHIPS, bar, deed_page
from ronglu.web.papers import taken
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named
from ronglu.work import seat_duties as verbs
from ronglu.work import wording
from ronglu.work.queries import seat_duties as queries
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Body
    from ronglu.store.seats import SeatStand

SEE, REPORT, JUDGE, EDIT = queries.SEE, queries.REPORT, queries.JUDGE, queries.EDIT
BACK = 6
"""Months offered."""
UP = (_("责任清单"), "seat_duties")
WORDS = {
    "open": _("还没有报"),
    "done": _("已履行"),
    "asked": _("理由待认可"),
    "excused": _("理由已认可"),
    "back": _("退回"),
}
ADOPT = Deed(
    label=_("启用默认清单"), icon="plus", form=forms.Adopted, done=_("已启用。"),
    run=lambda plant, **said: verbs.adopt(plant=plant, seeds=wording.declared().duties, **said),
    says=_("清单是系统默认，不是上级规定；启用以后逐条可以停用，也可以添加本厂的。"),
)  # fmt: skip
ADD = Deed(
    label=_("添加一条"), icon="plus", form=forms.Added, run=on(verbs.add, "plant"), done=_("已添加。"),
    says=_("写一件到期应当办的事；多办不加分，没办又没有理由的扣分。"),
)  # fmt: skip
END = Deed(label=_("停用"), icon="x", form=forms.Ended, run=on(verbs.end, "duty"), done=_("已停用。"))
JUDGED = Deed(
    label=_("认定"), icon="audited", form=forms.Judged, run=judged(verbs.judge, "report"), done=_("已认定。"),
    says=_("认可的理由不扣分；不认可的退回，写明为什么。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    month, places = _month(request, where), Places(where.plant, where.on)
    found = queries.seats(scope=scope, places=places, month=month)
    context = {
        "bar": bar(request, where, "seat_duties"),
        "month": str(month),
        "months": [(str(one), named(one)) for one in _months(where)],
        "seats": [(one, [_row(stand, one, scope) for stand in one.stands]) for one in found],
        "begun": queries.listed(where.plant, places).exists(),
        "may_edit": scope.has(EDIT),
        "year": month.first.year,
        "tail": where.tail,
    }
    return render(request, "integrity/duties.html", context)


@page(verb=SEE)
def year(request: HttpRequest, code: str, seat: str) -> HttpResponse:
    body, where = _body(request, code, SEE)
    told, asked_year = _told(request, body, seat, where)
    context = {
        "bar": bar(request, where, "seat_duties"),
        "name": Places(body.plant, where.on).body_name(body.pk),
        "seat": named_seat(seat),
        "code": code,
        "seat_code": seat,
        "year": str(asked_year),
        "years": [(str(one), str(one)) for one in range(where.on.year, where.on.year - 3, -1)],
        "rows": [(one, *_word(one)) for one in told],
        "tally": queries.tally(told),
        "tail": where.tail,
        "crumbs": [(gettext("责任清单"), reverse("seat_duties") + where.tail), (named_seat(seat), "")],
    }
    return render(request, "integrity/seat.html", context)


@page(verb=SEE)
def year_book(request: HttpRequest, code: str, seat: str) -> FileResponse:
    """The report of a pilot: what fell due, what was done, on what it rests; nothing is typed for it."""
    body, where = _body(request, code, SEE)
    told, asked_year = _told(request, body, seat, where)
    rows = [
        [str(one.period), one.duty.title, str(_word(one)[1]), one.shown_by or (one.report.words if one.report else "")]
        for one in told
    ]
    place = Places(body.plant, where.on).body_name(body.pk)
    heads = [gettext("期间"), gettext("责任"), gettext("办没办"), gettext("凭什么")]
    name = f"{place}-{named_seat(seat)}-{gettext('履责报告')}-{asked_year}"
    return taken(request, [Sheet(gettext("履责"), heads, rows)], name=name, organ=place)


@page(verb=REPORT)
def report(request: HttpRequest, code: str, pk: int, period: str) -> HttpResponse:
    body, where = _body(request, code, REPORT)
    duty = known(queries.duty(plant=body.plant, pk=pk))
    named_period = known(_parsed(period))
    deed = Deed(
        label=_("报履行情况"), icon="edit", form=forms.Reported, done=_("已报。"),
        run=lambda subject, **said: verbs.report(duty=duty, body=subject, period=named_period, **said),
        says=_("没有办的写明理由，由上级或党群部认可；认可的不扣分。"),
    )  # fmt: skip
    return deed_page(
        request, deed, subject=body, title=f"{duty.title} {named(named_period)}", where=where, up=back_to(*UP, where),
        initial={"done_on": where.on},
    )  # fmt: skip


@page(verb=JUDGE)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.report(scope=scope_of_request(request), pk=pk))
    where = here(request, JUDGE, of=row.body.plant)
    title = f"{row.duty.title} {row.period}：{row.words}"
    return deed_page(request, JUDGED, subject=row, title=title, where=where, up=back_to(*UP, where))


@page(verb=EDIT)
def edit(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    rows = queries.listed(where.plant, Places(where.plant, where.on))
    context = {
        "bar": bar(request, where, "seat_duties"),
        "rows": [(one, named_seat(one.seat), proof_word(one.proof)) for one in rows],
        "tail": where.tail,
        "crumbs": [(gettext("责任清单"), reverse("seat_duties") + where.tail), (gettext("定清单"), "")],
    }
    return render(request, "integrity/duty_list.html", context)


@page(verb=EDIT)
def change(request: HttpRequest, deed: str) -> HttpResponse:
    where, deeds = here(request, EDIT), {"adopt": ADOPT, "add": ADD}
    if deed not in deeds:
        raise Http404("没有这件事可办")
    require(request, EDIT, where.plant)
    return deed_page(
        request, deeds[deed], subject=where.plant, title=where.plant.name, where=where, up=back_to(gettext("定清单"), "seat_duty_list", where),
        initial={"on": where.on.replace(day=1)},
    )  # fmt: skip


@page(verb=EDIT)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    where = here(request, EDIT)
    duty = known(queries.duty(plant=where.plant, pk=pk))
    following = (Period.month(where.on.year, where.on.month) + 1).first
    return deed_page(
        request, END, subject=duty, title=duty.title, where=where, up=back_to(gettext("定清单"), "seat_duty_list", where),
        initial={"on": following},
    )  # fmt: skip


def named_seat(seat: str) -> str:
    return named(SEATS.get(seat, seat))


def proof_word(proof: str) -> str:
    if not proof:
        return gettext("本人报")
    return named(GATHERINGS[proof]) if proof in GATHERINGS else gettext("谈心谈话记录")


def _row(one: "SeatStand", seat: queries.Seat, scope: Scope) -> dict[str, Any]:
    """What may be done: its holder reports what no record shows; another judges a reason."""
    chip, word = _word(one)
    mine = one.person == scope.person_id and scope.has(REPORT)
    waits = one.report is not None and one.state in ("asked", "done") and one.report.judged_by_id is None
    judges = waits and one.report is not None and scope.another(one.report.by) and one.person not in scope.hands
    return {
        "stand": one, "chip": chip, "word": word, "proof": proof_word(one.duty.proof),
        "report": reverse("seat_duty_report", args=[seat.code, one.duty.pk, str(one.period)])
        if mine and one.state in ("open", "back", "asked") else "",
        "judge": reverse("seat_duty_judge", args=[one.report.pk])
        if judges and one.report is not None and _judges(scope, one.body) else "",
    }  # fmt: skip


def _judges(scope: Scope, body: int) -> bool:
    reach = scope.reach(JUDGE)
    return body in reach.bodies or bool(reach.plants)


def _word(one: "SeatStand") -> tuple[str, Any]:
    return CHIPS[one.state], WORDS[one.state]


def _told(request: HttpRequest, body: "Body", seat: str, where: Here) -> tuple[list["SeatStand"], int]:
    asked_year = year_asked(request, where, last=where.on.year)
    if seat not in SEATS:
        raise Http404("没有这个职务")
    places = Places(body.plant, where.on)
    return queries.year_of(plant=body.plant, body=body, seat=seat, year=asked_year, places=places), asked_year


def _body(request: HttpRequest, code: str, verb: str) -> "tuple[Body, Here]":
    body = known(scope_of_request(request).bodies(verb).filter(code=code).select_related("plant").first())
    return body, here(request, verb, of=body.plant)


def _months(where: Here) -> list[Period]:
    now = Period.month(where.on.year, where.on.month)
    return [now - n for n in range(BACK)]


def _month(request: HttpRequest, where: Here) -> Period:
    found = _parsed(asked(request, "month"))
    return found if found is not None and found.grain is Grain.MONTH else Period.month(where.on.year, where.on.month)


def _parsed(text: str) -> Period | None:
    """A period that a duty may have."""
    try:
        found = Period.parse(text)
    except TimeTrouble:
        return None
    return found if found.grain in EVERY.values() else None
