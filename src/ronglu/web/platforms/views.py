"""The registry of platforms by category, which posts they reach and which fell silent, one platform with its uses, and its forms."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.annual.platform import PostKind, Rhythm
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, known, on, within
from ronglu.web.goals.forms import offering
from ronglu.web.goals.frame import SEE, THEMES, asked_of, bar, book, chosen, deed_page, grip_name
from ronglu.web.papers import taken
from ronglu.web.platforms import forms
from ronglu.web.platforms.words import POSTS, RHYTHMS
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import platforms as verbs
from ronglu.work.queries import evidence
from ronglu.work.queries import platforms as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Platform
    from ronglu.work.scope import Scope

FIELDS = ("name", "category", "rule", "output", "rhythm", "posts", "grip")
CHANGE = Deed(label=_("改平台"), form=forms.Kept, run=on(verbs.change, "platform"), done=_("已改。"), yes=_("保存"))
END = Deed(label=_("停用"), icon="x", form=forms.Ended, run=on(verbs.end, "platform"), done=_("已停用，用过的留着。"))
USE = Deed(
    label=_("记一次活动"), icon="plus", form=forms.Used, run=on(verbs.use, "platform"), done=_("记下了。"),
    says=_("只记产出了什么；次数不计分、不排名，也不收照片。"),
)  # fmt: skip
WORDS = {"use": USE, "change": CHANGE, "end": END}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    about, words = asked_of(request, where), book()
    rows = queries.registry(plant=where.plant, year=about.year, on=where.on)
    found = queries.coverage(rows, words.categories)
    standing = {one.platform.code for one in rows}
    may_set = scope.may(THEMES, where.plant) is None
    context = {
        "bar": bar(request, where, "platforms"),
        "asked": about,
        "groups": [
            (_category(code), [(one, *_row(one)) for one in rows if one.platform.category == code])
            for code in dict.fromkeys([*words.categories, *(one.platform.category for one in rows)])
            if any(one.platform.category == code for one in rows)
        ],
        "posts": [(POSTS[kind], n) for kind, n in found.posts.items()],
        "bare": [POSTS[kind] for kind, n in found.posts.items() if not n] + [_category(code) for code, n in found.categories.items() if not n],
        "n": (sum(1 for n in found.categories.values() if n), len(rows)),
        "seeds": [one for code, one in words.platforms.items() if code not in standing] if may_set else [],
        "status": words.status,
        "may_set": may_set,
        "query": request.GET.urlencode(),
        "tail": where.tail,
    }  # fmt: skip
    return render(request, "platforms/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    platform, where = _read(request, pk)
    places, scope = Places(where.plant, where.on), scope_of_request(request)
    uses = queries.uses(platform=platform)
    open_to = evidence.readable(scope=scope, loops=pack_of(where.plant.code).loops, cases=[one.case for one in uses])
    context = {
        "platform": platform,
        "category": _category(platform.category),
        "rhythm": RHYTHMS[Rhythm(platform.rhythm)],
        "posts": _posts(platform),
        "grip": grip_name(platform.grip),
        "uses": [(one, places.body_name(one.body_id), one.case_id in open_to) for one in uses],
        "deeds": [(word, WORDS[word]) for word in _allowed(platform, scope)],
        "here": where,
        "crumbs": [(gettext("年度计划"), reverse("goals") + where.tail), (gettext("平台"), reverse("platforms") + where.tail),
                   (platform.name, "")],
    }  # fmt: skip
    return render(request, "platforms/platform.html", context)


@page(verb=THEMES)
def new(request: HttpRequest) -> HttpResponse:
    """`from` in the address is an entry of the list: the form comes filled in with it."""
    where = here(request, THEMES)
    seed = book().platforms.get(asked(request, "from"))
    code = seed.code if seed else ""
    registered = Deed(
        label=_("登记平台"), icon="plus", form=forms.Registered, done=_("平台已登记。"), yes=_("保存"),
        run=lambda subject, **said: verbs.register(plant=subject, code=code, **said),
    )  # fmt: skip
    initial: dict[str, Any] = {"posts": [one.value for one in PostKind]}
    if seed:
        initial = {
            "name": seed.zh, "category": seed.category, "rule": seed.says, "output": seed.output, "rhythm": seed.rhythm.value,
            "posts": [one.value for one in seed.posts], "grip": seed.grip,
        }  # fmt: skip
    return deed_page(
        request, registered, subject=where.plant, title=where.plant.name, where=where,
        up=(gettext("平台"), reverse("platforms") + where.tail), initial=initial,
        landing=lambda one: reverse("platform", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    platform, where = _read(request, pk)
    scope = scope_of_request(request)
    found = chosen(_deeds(where, scope), deed, _allowed(platform, scope))
    initial = {name: getattr(platform, name) for name in FIELDS} | {"owner": platform.owner.staff_no, "day": where.on}
    if deed == "use":
        initial["output"] = ""
    places = within(request, where, bodies=queries.USE) if deed == "use" else None
    up = (platform.name, reverse("platform", args=[pk]) + where.tail)
    return deed_page(
        request, found, subject=platform, title=platform.name, where=where, up=up, initial=initial, places=places
    )


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    year = asked_of(request, where).year
    heads = [
        gettext("类别"),
        gettext("平台名称"),
        gettext("负责人"),
        gettext("规则"),
        gettext("产出"),
        gettext("频次"),
        gettext("覆盖岗位"),
        gettext("本年次数"),
        gettext("最近一次"),
        gettext("情况"),
    ]
    rows = [
        [_category(one.platform.category), one.platform.name, one.platform.owner.name, one.platform.rule, one.platform.output,
         str(RHYTHMS[Rhythm(one.platform.rhythm)]), _posts(one.platform), one.uses, one.last, str(_row(one)[3])]
        for one in queries.registry(plant=where.plant, year=year, on=where.on)
    ]  # fmt: skip
    name = gettext("%(plant)s-党建平台-%(year)s") % {"plant": where.plant.name, "year": year}
    return taken(request, [Sheet(gettext("党建平台"), heads, rows)], name=name, organ=where.plant.name)


def _read(request: HttpRequest, pk: int) -> "tuple[Platform, Here]":
    platform = known(queries.platform_of(scope=scope_of_request(request), pk=pk))
    return platform, here(request, SEE, of=platform.plant)


def _allowed(platform: "Platform", scope: "Scope") -> list[str]:
    """One that is to end later is used until then."""
    use = platform.holds(scope.on) and scope.may(queries.USE, platform.plant) is None
    may_set = platform.until_on is None and scope.may(THEMES, platform.plant) is None
    return (["use"] if use else []) + (["change", "end"] if may_set else [])


def _deeds(where: Here, scope: "Scope") -> dict[str, Deed]:
    users = queries.users(scope=scope, plant=where.plant)
    loops, places = pack_of(where.plant.code).loops, Places(where.plant, where.on)
    cases = evidence.cases_of(scope=scope, loops=loops, places=places, bodies=users)
    form = offering(forms.Used, queries.held(bodies=users, on=where.on), cases)
    return {"use": replace(USE, form=form), "change": CHANGE, "end": END}


def _row(row: queries.PlatformRow) -> tuple[Any, str, str, Any]:
    """Cadence, posts, and whether it fell silent."""
    rhythm = RHYTHMS[Rhythm(row.platform.rhythm)]
    state = ("watch", _("上一期没有用")) if row.silent else ("good", _("在用"))
    return rhythm, _posts(row.platform), state[0], state[1]


def _posts(platform: "Platform") -> str:
    return gettext("、").join(str(POSTS[PostKind(one)]) for one in platform.posts)


def _category(code: str) -> str:
    found = book().categories.get(code)
    return named(found) if found else code
