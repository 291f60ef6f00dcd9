"""The register of awards, a part of the ledger: verified ones by year and level, the list behind them, and the forms."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.achievements import forms
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, back_to, known, on, within
from ronglu.web.papers import taken
from ronglu.web.teams.frame import MARKS, bar, deed_page
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import achievements as verbs
from ronglu.work.queries import achievements as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Achievement, Plant

SEE, RECORD = "achievements.see", "achievements.record"
SIZE = 50
STATES = [("", _("全部")), ("recorded", _("待核实")), ("verified", _("已核实")), ("rejected", _("核实不通过"))]


def _award(subject: "Plant", **said: Any) -> "Achievement":
    return verbs.award(loops=pack_of(subject.code).loops, **said)


NEW = Deed(
    label=_("登记获奖"), icon="plus", form=forms.Awarded, run=_award, done=_("已登记，等第二人核实。"),
    says=_("奖记在党组织、单位或队伍名下，不记个人；第二人看过文件才计数。"),
)  # fmt: skip
CORRECT = Deed(
    label=_("更正获奖"), form=forms.Given, run=on(verbs.correct_award, "achievement"), done=_("已更正，重新等核实。"),
    says=_("更正的人就是登记的人，不能再由他核实。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    words, places = pack_of(where.plant.code).base.awards, Places(where.plant, where.on)
    counts = queries.awards(plant=where.plant, levels=[one.code for one in words.levels])
    year, level, state = _asked(request)
    found = Paginator(_rows(request, where), SIZE).get_page(request.GET.get("page"))
    years = sorted({where.on.year, *(one for one, _counts in counts.rows), *([year] if year else [])}, reverse=True)
    context = {
        "bar": bar(request, where, "awards"),
        "counts": counts,
        "levels": words.levels,
        "note": words.note,
        "year": str(year or ""),
        "level": level,
        "state": state,
        "years": [("", _("全部")), *((str(one), str(one)) for one in years)],
        "offered": [("", _("全部")), *((one.code, named(one)) for one in words.levels)],
        "states": STATES,
        "page": found,
        "rows": [
            (one, MARKS[one.achievement.state], *words_of(where.plant.code, one.achievement))
            for one in queries.shown(list(found), places=places)
        ],
        "may_record": scope.has(RECORD),
        "tail": where.tail,
        "query": request.GET.urlencode(),
    }
    return render(request, "achievements/awards.html", context)


@page(verb=RECORD)
def new(request: HttpRequest) -> HttpResponse:
    return entered(request, NEW, gettext("获奖登记"), "awards")


def entered(request: HttpRequest, deed: Deed, label: str, name: str) -> HttpResponse:
    """The form of something new, for the reader's own bodies; it lands on the page of what was entered."""
    where = here(request, RECORD)
    return deed_page(
        request, deed, subject=where.plant, title=where.plant.name, where=where, up=back_to(label, name, where),
        places=within(request, where, bodies=RECORD), initial={"day": where.on},
        landing=lambda row: reverse("achievement", args=[row.pk]) + where.tail,
    )  # fmt: skip


@page(verb=RECORD)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.achievement_of(scope=scope_of_request(request), pk=pk))
    if row.kind != verbs.AWARD:
        raise Http404("这一项不是获奖")
    require(request, RECORD, row.body)
    where = here(request, SEE, of=row.plant)
    start = {name: getattr(row, name) for name in ("level", "prize", "organ", "paper")} | {"team": row.team_id}
    up = (row.title, reverse("achievement", args=[row.pk]) + where.tail)
    return deed_page(request, CORRECT, subject=row, title=row.title, where=where, up=up, initial=start)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    where, name = here(request, SEE), gettext("获奖登记")
    words, places = pack_of(where.plant.code).base.awards, Places(where.plant, where.on)
    heads = [
        gettext("获奖成果或集体"), gettext("级别"), gettext("奖项"), gettext("授奖单位"), gettext("文号或证书号"), gettext("授奖日期"),
        gettext("党组织"), gettext("单位"), gettext("队伍"), gettext("状态"),
    ]  # fmt: skip
    lines = [
        [one.achievement.title, *words_of(where.plant.code, one.achievement), one.achievement.organ, one.achievement.paper, one.achievement.day,
         one.body, one.unit, one.achievement.team.name if one.achievement.team else "",
         named(one.achievement.get_state_display())]
        for one in queries.shown(list(_rows(request, where)), places=places)
    ]  # fmt: skip
    counts = queries.awards(plant=where.plant, levels=[one.code for one in words.levels])
    sums = [[year, *numbers] for year, numbers in counts.rows]
    sheets = [
        Sheet(name, heads, lines),
        Sheet(gettext("按年度和级别"), [gettext("年度"), *map(named, words.levels)], sums),
    ]
    return taken(request, sheets, name=f"{where.plant.name}-{name}-{where.on}", organ=where.plant.name)


def _rows(request: HttpRequest, where: Here) -> "QuerySet[Achievement]":
    year, level, state = _asked(request)
    return queries.awarded(plant=where.plant, year=year, level=level, state=state)


def _asked(request: HttpRequest) -> tuple[int | None, str, str]:
    year = key_of(asked(request, "year"), most=2999)
    return (year if year and year >= 1900 else None), asked(request, "level", 20), asked(request, "state", 20)


def words_of(plant: str, row: "Achievement") -> tuple[str, str]:
    """Level and prize in the plant's words; a code that is declared no more as it stands."""
    words = pack_of(plant).base.awards
    said = {one.code: named(one) for one in (*words.levels, *words.prizes)}
    return said.get(row.level, row.level), said.get(row.prize, row.prize)
