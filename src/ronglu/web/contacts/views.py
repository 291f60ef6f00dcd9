"""Pairs of sister crews: one's own, those of the branch, and one pair with its last weeks for those who may read it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.contacts import forms
from ronglu.web.deeds import Deed, chosen, known, on
from ronglu.web.teams.frame import bar, deed_page
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import contacts as verbs
from ronglu.work.queries import contacts as queries
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Contact

SEE, PAIR = "contacts.see", "contacts.pair"
BACK = 8
"""Weeks shown of a pair."""
MARKS = {
    "noted": ("good", _("有记录")), "reason": ("carried", _("写了原因")), "apart": ("not_applicable", _("班次碰不上")),
    "open": ("waiting", _("还没有记")),
}  # fmt: skip
CHIPS = {"proposed": "waiting", "standing": "running", "declined": "nothing", "ended": "nothing"}
NEW = Deed(
    label=_("结一对"), icon="plus", form=forms.Proposed, run=verbs.propose, done=_("已提出，等双方同意。"),
    says=_("两个人都同意才算；写的话只有两人和各自的书记看得到，不计分、不排名。"),
)  # fmt: skip
ASKED = {
    "agree": Deed(label=_("同意"), icon="check", form=forms.Agreed, run=on(verbs.agree, "contact"), done=_("已同意。")),
    "decline": Deed(label=_("不结"), icon="x", form=forms.Agreed, run=on(verbs.decline, "contact"), done=_("已回复。")),
}
RUNNING = {
    "note": Deed(
        label=_("记一句"), icon="comment", form=forms.Noted, run=on(verbs.note, "contact"), done=_("记下了。"),
        says=_("这一周传给对方的一件事：设备、工艺、安全。要办的事可以当场开成事项。"),
    ),
    "none": Deed(
        label=_("写原因"), icon="minus", form=forms.Unmet, run=on(verbs.nothing, "contact"), done=_("记下了。")
    ),
    "end": Deed(label=_("结束联系"), icon="x", form=forms.Ended, run=on(verbs.end, "contact"), done=_("已结束。")),
}  # fmt: skip
SCOPED = ("note", "end")


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """One's own pairs first; whoever looks after members sees how complete the week of their pairs is."""
    where, scope = here(request, SEE), scope_of_request(request)
    places, week = Places(where.plant, where.on), Period.week(where.on)
    rows = list(queries.visible(scope).filter(plant=where.plant, state__in=("proposed", "standing")))
    told = queries.weeks_of(rows, [week])
    own = queries.mine(rows, scope)
    held = [one for one in rows if one.from_on and one.from_on <= week.last]
    tended = held if scope.reach(PAIR).bodies or scope.reach(PAIR).plants else []
    may_read = queries.readers(tended, scope, places)
    crews = _crews(rows, where)
    context = {
        "bar": bar(request, where, "contacts"),
        "week": week,
        "own": [_mine(one, told[one.pk, str(week)], scope, crews) for one in own],
        "tended": [_tended(one, told[one.pk, str(week)], crews, one.pk in may_read) for one in tended],
        "tally": queries.tally(told[one.pk, str(week)] for one in tended),
        "may_pair": scope.has(PAIR),
        "tail": where.tail,
    }
    return render(request, "contacts/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where, scope = _read(request, pk)
    last = Period.week(where.on)
    weeks = [last - n for n in range(BACK - 1, -1, -1)]
    told = queries.weeks_of([row], weeks)
    shown = [(week, told[row.pk, str(week)]) for week in reversed(weeks) if _held(row, week)]
    mine = scope.person_id in (row.one_id, row.other_id)
    context = {
        "row": row,
        "mark": CHIPS[row.state],
        "weeks": [(week, found, MARKS[found.state]) for week, found in shown],
        "deeds": _deeds(row, mine, scope, told[row.pk, str(last)]),
        "crews": _both(row, _crews([row], where)),
        "here": where,
        "crumbs": [(gettext("横班联系"), reverse("contacts") + where.tail), (f"{row.one.name}、{row.other.name}", "")],
    }
    return render(request, "contacts/contact.html", context)


@page(verb=PAIR)
def new(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, PAIR), scope_of_request(request)
    up = (gettext("横班联系"), reverse("contacts") + where.tail)
    deed = replace(NEW, run=lambda plant, **said: verbs.propose(scope=scope, **said))
    return deed_page(
        request, deed, subject=where.plant, title=where.plant.name, where=where, up=up,
        initial={"one": me(request).staff_no},
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row, where, scope = _read(request, pk)
    found = chosen(ASKED if row.state == "proposed" else RUNNING, deed)
    if deed in SCOPED:
        run = found.run
        found = replace(found, run=lambda subject, **said: run(subject, scope=scope, **said))
    up = (gettext("横班联系"), reverse("contacts") + where.tail)
    return deed_page(request, found, subject=row, title=f"{row.one.name}、{row.other.name}", where=where, up=up)


def _read(request: HttpRequest, pk: int) -> "tuple[Contact, Here, Scope]":
    """For everybody but the two and their secretaries the pair does not exist."""
    scope = scope_of_request(request)
    row = known(queries.visible(scope).filter(pk=pk).first())
    where = here(request, SEE, of=row.plant)
    known(row.pk if row.pk in queries.readers([row], scope, Places(row.plant, clock.today())) else None)
    return row, where, scope


def _mine(row: "Contact", week: queries.Week, scope: Scope, crews: dict[int, str]) -> dict[str, Any]:
    other = row.other_id if scope.person_id == row.one_id else row.one_id
    words = ASKED if row.state == "proposed" and not queries.agreed(row, scope) else {}
    if row.state == "standing":
        words = {word: RUNNING[word] for word in ("note", "none")} if week.state in ("open", "apart") else {}
    state = (CHIPS[row.state], named(row.get_state_display())) if row.state == "proposed" else MARKS[week.state]
    return {
        "row": row, "who": queries.partner(row, scope), "crew": crews.get(other, ""), "week": week, "state": state,
        "deeds": list(words.items()),
    }  # fmt: skip


def _tended(row: "Contact", week: queries.Week, crews: dict[int, str], may_read: bool) -> dict[str, Any]:
    return {"row": row, "crews": _both(row, crews), "week": week, "state": MARKS[week.state], "may_read": may_read}


def _both(row: "Contact", crews: dict[int, str]) -> str:
    return "、".join(crews.get(one, "—") for one in (row.one_id, row.other_id))


def _deeds(row: "Contact", mine: bool, scope: Scope, week: queries.Week) -> list[tuple[str, Deed]]:
    if row.state == "proposed":
        return list(ASKED.items()) if mine and not queries.agreed(row, scope) else []
    if row.state != "standing":
        return []
    words = ["note", *(["none"] if not week.notes else [])] if mine else []
    return [(word, RUNNING[word]) for word in (*words, "end")]


def _held(row: "Contact", week: Period) -> bool:
    return bool(row.from_on and row.from_on <= week.last and (row.until_on is None or row.until_on > week.first))


def _crews(rows: "list[Contact]", where: Here) -> dict[int, str]:
    people = [key for one in rows for key in (one.one_id, one.other_id)]
    places = Places(where.plant, where.on)
    return {person: places.unit_name(unit.pk) for person, unit in verbs.crews_of(people, on=where.on).items()}
