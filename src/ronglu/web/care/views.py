"""Pairs for the two alone and as a number for their branch; talks as counts of a quarter; where cadres went in a month."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.regulation.facts import TALKS
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.book import Sheet
from ronglu.web.care import forms
from ronglu.web.deeds import Deed, back_to, chosen, known, on, page_of_deed, within
from ronglu.web.integrity.points import offered, quarter_asked
from ronglu.web.papers import taken
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import aid, serving, talks, wording
from ronglu.work.queries import care as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from django.http import FileResponse

    from ronglu.store.models import AidPair

AID, PAIR, TALK, RECORD, SERVE, SERVED = (
    queries.AID, "aid.pair", queries.TALK, "talks.record", queries.SERVE, "serving.record"
)  # fmt: skip
deed_page = partial(page_of_deed, (_("联系与帮扶"), "aid"))
CHIPS = {"proposed": "waiting", "standing": "running", "declined": "nothing", "ended": "nothing"}
NEW = Deed(
    label=_("结一对"), icon="plus", form=forms.Proposed, run=aid.propose, done=_("已提出，等双方同意。"),
    says=_("两个人都同意才算。写的话只有两人自己看得到，不计分、不统计到人。"),
)  # fmt: skip
ASKED = {
    "agree": Deed(label=_("同意"), icon="check", form=forms.Agreed, run=on(aid.agree, "pair"), done=_("已同意。")),
    "decline": Deed(label=_("不结"), icon="x", form=forms.Agreed, run=on(aid.decline, "pair"), done=_("已回复。")),
}
RUNNING = {
    "note": Deed(label=_("记一句"), icon="comment", form=forms.Noted, run=on(aid.note, "pair"), done=_("记下了。")),
    "end": Deed(
        label=_("结束帮扶"), icon="x", form=forms.Agreed, run=on(aid.end, "pair"), done=_("已结束。"),
        says=_("不用写理由。"),
    ),
}  # fmt: skip
TALKED = {
    "heart": Deed(
        label=_("登记谈心谈话"), icon="plus", form=forms.Heart, run=lambda plant, **said: talks.heart(**said), done=_("记下了。"),
        says=_("只记哪天、哪些人之间谈过；不记谁、不记谈了什么。"),
    ),
    "face": Deed(
        label=_("登记面对面"), icon="plus", form=forms.Face, run=lambda plant, **said: talks.face(**said), done=_("记下了。"),
        says=_("讲清形势、讲明职责、讲实担当、讲透发展：勾讲了的，填人数。"),
    ),
}  # fmt: skip
BACK = Deed(
    label=_("撤回"), icon="x", form=forms.Agreed, run=on(talks.withdraw, "talk"), done=_("已撤回。"),
    says=_("记错的，当天由本人撤回。"),
)  # fmt: skip
GONE = Deed(
    label=_("登记一次"), icon="plus", form=forms.Served, run=on(serving.record, "plant"), done=_("记下了。"),
    says=_("去了哪里、服务什么、带回什么；要办的当场开成难题，有期限有答复。"),
)  # fmt: skip


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {"aid": _("双向帮扶"), "talks": _("谈心谈话与面对面"), "serving": _("三联系三服务")}
    words = {name: str(word) for name, word in names.items()}
    return bar_of(request, where, tab, names=words, verbs={"aid": AID, "talks": TALK, "serving": SERVE})


@page(verb=AID)
def pairs(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, AID), scope_of_request(request)
    context = {
        "bar": bar(request, where, "aid"),
        "own": [_mine(one, scope.person_id) for one in queries.mine(scope)],
        "tended": queries.tended(scope=scope, places=Places(where.plant, where.on)),
        "chips": CHIPS,
        "tail": where.tail,
    }
    return render(request, "care/pairs.html", context)


@page(verb=AID)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.own_pair(scope=scope, pk=pk))
    where = here(request, AID, of=row.plant)
    context = {
        "one": _mine(row, scope.person_id),
        "row": row,
        "notes": [(one, one.giver_id == scope.person_id) for one in queries.notes(row)],
        "tail": where.tail,
        "crumbs": [(gettext("双向帮扶"), reverse("aid") + where.tail), (_other(row, scope.person_id), "")],
    }
    return render(request, "care/pair.html", context)


@page(verb=PAIR)
def new(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, PAIR), scope_of_request(request)
    deed = replace(NEW, run=lambda plant, **said: aid.propose(scope=scope, **said))
    return deed_page(
        request, deed, subject=where.plant, title=where.plant.name, where=where, up=back_to(gettext("双向帮扶"), "aid", where),
        initial={"one": me(request).staff_no},
    )  # fmt: skip


@page(verb=AID)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.own_pair(scope=scope, pk=pk))
    where = here(request, AID, of=row.plant)
    found = chosen(ASKED if row.state == "proposed" else RUNNING, deed)
    return deed_page(
        request,
        found,
        subject=row,
        title=_other(row, scope.person_id),
        where=where,
        up=back_to(gettext("双向帮扶"), "aid", where),
    )


@page(verb=TALK)
def talked(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, TALK), scope_of_request(request)
    quarter = quarter_asked(request, where)
    pairs, headings = _columns(where)
    found = queries.talks(scope=scope, places=Places(where.plant, where.on), quarter=quarter)
    context = {
        "bar": bar(request, where, "talks"),
        "quarter": str(quarter),
        "quarters": offered(where),
        "rows": [
            {
                "name": one.name,
                "talks": one,
                "told_pairs": [(word, one.pairs[code]) for code, word in pairs],
                "told_headings": [(word, one.headings[code]) for code, word in headings],
            }
            for one in found
        ],
        "pairs": pairs,
        "headings": headings,
        "entered": queries.entered_today(scope, where.on),
        "may_record": scope.has(RECORD),
        "tail": where.tail,
    }
    return render(request, "care/talks.html", context)


@page(verb=TALK)
def talks_book(request: HttpRequest) -> "FileResponse":
    """The counts of the page, as a workbook or on paper: who talked with whom stands nowhere."""
    where = here(request, TALK)
    quarter = quarter_asked(request, where)
    pairs, headings = _columns(where)
    found = queries.talks(scope=scope_of_request(request), places=Places(where.plant, where.on), quarter=quarter)
    body = gettext("党组织")
    sheets = [
        Sheet(
            gettext("面对面"),
            [body, *(word for _code, word in headings), gettext("场次"), gettext("人次")],
            [[one.name, *(one.headings[code] for code, _word in headings), one.faced, one.people] for one in found],
        ),
        Sheet(
            gettext("谈心谈话"),
            [body, *(word for _code, word in pairs), gettext("合计")],
            [[one.name, *(one.pairs[code] for code, _word in pairs), one.hearts] for one in found],
        ),
    ]
    name = gettext("%(plant)s-谈心谈话与面对面-%(quarter)s") % {"plant": where.plant.name, "quarter": quarter}
    return taken(request, sheets, name=name, organ=where.plant.name)


def _columns(where: Here) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What talks and meetings face to face are counted by."""
    headings = [(one.code, named(one)) for one in wording.listed(where.plant, "headings")]
    return [(code, named(zh)) for code, zh in TALKS.items()], headings


@page(verb=RECORD)
def talk(request: HttpRequest, deed: str) -> HttpResponse:
    where = here(request, RECORD)
    return deed_page(
        request, chosen(TALKED, deed), subject=where.plant, title=where.plant.name, where=where,
        up=back_to(gettext("谈心谈话与面对面"), "talks", where), places=within(request, where, bodies=RECORD),
    )  # fmt: skip


@page(verb=RECORD)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.own_talk(scope=scope_of_request(request), pk=pk))
    where = here(request, RECORD, of=row.body.plant)
    title = f"{named(row.get_kind_display())} {row.held_on}"
    return deed_page(
        request, BACK, subject=row, title=title, where=where, up=back_to(gettext("谈心谈话与面对面"), "talks", where)
    )


@page(verb=SERVE)
def served(request: HttpRequest) -> HttpResponse:
    where = here(request, SERVE)
    now = Period.month(where.on.year, where.on.month)
    month = _month(request) or now
    context = {
        "bar": bar(request, where, "serving"),
        "month": str(month),
        "months": [(str(now - n), named(now - n)) for n in range(6)],
        "rows": _served(request, where, month),
        "note": wording.declared().note,
        "may_record": scope_of_request(request).has(SERVED),
        "tail": where.tail,
    }
    return render(request, "care/serving.html", context)


@page(verb=SERVED)
def serve(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SERVED), scope_of_request(request)
    deed = replace(GONE, run=lambda plant, **said: serving.record(plant=plant, scope=scope, **said))
    return deed_page(
        request,
        deed,
        subject=where.plant,
        title=where.plant.name,
        where=where,
        up=back_to(gettext("三联系三服务"), "serving", where),
    )


@page(verb=SERVE)
def workbook(request: HttpRequest) -> "FileResponse":
    where = here(request, SERVE)
    month = _month(request) or Period.month(where.on.year, where.on.month)
    rows = [
        [one["row"].held_on, one["row"].person.name, one["link"], one["place"], "、".join(one["serves"]), one["row"].heard,
         one["row"].case.number if one["row"].case else ""]
        for one in _served(request, where, month)
    ]  # fmt: skip
    heads = [
        gettext("日期"),
        gettext("谁"),
        gettext("联系谁"),
        gettext("哪里"),
        gettext("服务什么"),
        gettext("带回什么"),
        gettext("事项"),
    ]
    name = gettext("%(plant)s-三联系三服务-%(month)s") % {"plant": where.plant.name, "month": month}
    return taken(request, [Sheet(gettext("三联系三服务"), heads, rows)], name=name, organ=where.plant.name)


def _served(request: HttpRequest, where: Here, month: Period) -> list[dict[str, Any]]:
    places = Places(where.plant, where.on)
    links = {one.code: named(one) for one in wording.listed(where.plant, "links")}
    serves = {one.code: named(one) for one in wording.listed(where.plant, "serves")}
    return [
        {
            "row": one,
            "link": links.get(one.link, one.link),
            "place": places.body_name(one.body_id) or places.unit_name(one.unit_id),
            "serves": [serves.get(code, code) for code in one.serves],
        }
        for one in queries.served(scope=scope_of_request(request), places=places, month=month)
    ]


def _month(request: HttpRequest) -> Period | None:
    try:
        found = Period.parse(asked(request, "month"))
    except TimeTrouble:
        return None
    return found if found.grain is Grain.MONTH else None


def _other(row: "AidPair", person: int | None) -> str:
    return row.other.name if person == row.one_id else row.one.name


def _mine(row: "AidPair", person: int | None) -> dict[str, Any]:
    """A pair as one of the two sees it, with what he may do."""
    agreed = row.one_agreed_at if person == row.one_id else row.other_agreed_at
    deeds = RUNNING if row.state == "standing" else ASKED if row.state == "proposed" and not agreed else {}
    return {"row": row, "who": _other(row, person), "chip": CHIPS[row.state], "deeds": list(deeds.items())}
