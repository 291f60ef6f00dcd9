"""The page of one party body, and everything that can be done to it from a day on."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.org.kinds import BRANCHES, COMMITTEE, GROUP
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.org import forms
from ronglu.web.org.frame import body_here, checked, crumbs_of, found_new, subject_page
from ronglu.web.where import Here
from ronglu.work import bodies as verbs
from ronglu.work import mappings, party_budgets, people
from ronglu.work.queries import honours
from ronglu.work.queries.org_page import BodyPage, body_page, split_lists
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Body


def _merge(body: "Body", *, others: "list[Body]", **rows: Any) -> "Body":
    return verbs.merge(bodies=[body, *others], **rows)


def _split(body: "Body", *, into: list[dict[str, Any]], **rows: Any) -> "list[Body]":
    return verbs.split(body=body, into=[verbs.Part(**part) for part in into], **rows)


DEEDS = {
    "rename": Deed(
        label=_("更名"), icon="edit", form=forms.Named, run=checked(verbs.rename, "body"), done=_("已更名。"),
        says=_("从所选的那天起用新名称，之前的月份仍显示旧名称。"),
    ),
    "move": Deed(
        label=_("调整隶属"), icon="org", form=forms.BodyMoved, run=checked(verbs.move, "body"), done=_("隶属已调整。"),
    ),
    "rekind": Deed(
        label=_("改设"), icon="swap", form=forms.BodyRekinded, run=checked(verbs.rekind, "body"), done=_("类型已改。"),
        says=_("例：党支部改设党总支，党支部改为联合党支部。"),
    ),
    "map": Deed(
        label=_("对应产线或班"), icon="link", form=forms.UnitMapped, run=checked(mappings.link, "body"),
        done=_("对应已建立。"), says=_("支部建在产线上，党小组设在横大班上。一个党组织可以对应几个单位。"),
    ),
    "unmap": Deed(
        label=_("解除对应"), icon="unlink", form=forms.UnitMapped, run=checked(mappings.unlink, "body"),
        done=_("对应已解除。"), says=_("所选的那天起不再对应，之前的不变。"), shown=lambda page: bool(page.units),
    ),
    "appoint": Deed(
        label=_("任职"), icon="person", form=forms.AppointedToBody, run=checked(people.appoint, "body"),
        done=_("任职已登记。"),
    ),
    "elect": Deed(
        label=_("登记换届"), icon="check", form=forms.Elected, run=checked(verbs.elect, "body"), done=_("换届已登记。"),
        shown=lambda page: page.kind != GROUP,
    ),
    "extend": Deed(
        label=_("延期换届"), icon="calendar", form=forms.Extended, run=checked(verbs.extend, "body"),
        done=_("延期已登记。"), shown=lambda page: page.kind != GROUP and page.term_ends_on is not None,
    ),
    "approve": Deed(
        label=_("登记批复"), icon="shield", form=forms.Approved, run=checked(verbs.approve, "body"),
        done=_("批复已登记。"), says=_("有上级批复的，相应的检查不再报。"),
    ),
    "budget": Deed(
        label=_("登记工作经费"), icon="scale", form=forms.Budgeted, run=checked(party_budgets.enter, "body"),
        done=_("工作经费已更新。"), says=_("登记了的单位才核对经费是否按比例安排；不登记党费，不登记个人工资。"),
        shown=lambda page: page.kind != GROUP,
    ),
    "merge": Deed(
        label=_("合并"), icon="plus", form=forms.Merged, run=checked(_merge, "body"), done=_("已合并。"),
        says=_("党员、党小组和对应的产线转到新党组织；原任职务到此为止，须重新任职；原党组织留在沿革里。"),
        shown=lambda page: page.kind != COMMITTEE,
    ),
    "split": Deed(
        label=_("拆分"), icon="minus", form=forms.Split, run=checked(_split, "body"), done=_("已拆分。"),
        says=_("每个党小组和每名直属党员都要有去处；产线在拆分后重新对应，职务重新任命。"),
        shown=lambda page: page.kind in BRANCHES,
    ),
    "dissolve": Deed(
        label=_("撤销"), icon="x", form=forms.OnDay, run=checked(verbs.dissolve, "body"), done=_("已撤销。"),
        says=_("还有党员或下级党组织的不能撤销。撤销后沿革和历史得分都在。"),
    ),
}  # fmt: skip
"""By the last word of the address."""

NEW = Deed(
    label=_("新设党组织"), icon="plus", form=forms.NewBody, run=checked(verbs.create, "plant"), done=_("党组织已设立。")
)


@page(verb="org.see")
def show(request: HttpRequest, code: str) -> HttpResponse:
    body, where = body_here(request, code)
    told = body_page(body=body, on=where.on, scope=scope_of_request(request))
    mine = honours.held(plant=where.plant, on=where.on, loops=pack_of(where.plant.code).loops, bodies=[body.pk])
    more = {"held": mine.get(body.pk, []), "budgets": body.budgets.all()}
    return subject_page(request, "body", body, where, told, DEEDS, more)


@page(verb="org.edit")
def do(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    body, where = body_here(request, code)
    require(request, "org.edit", body)
    if deed not in DEEDS:
        raise Http404("没有这件事可办")
    told = body_page(body=body, on=where.on, scope=scope_of_request(request))
    back = reverse("body", args=[code]) + where.tail
    return perform(
        request,
        _fitted(DEEDS[deed], deed, told, where),
        subject=body,
        title=told.name,
        back=back,
        places=Places(where.plant, where.on),
        initial={"name": told.name, "kind": told.kind, "unit": asked(request, "unit")} | _budget(deed, body),
        crumbs=[*crumbs_of("body", told, where)[:-1], (told.name, back), (str(DEEDS[deed].label), "")],
        landing=lambda made: _landing(deed, made, back, where),
    )


@page(verb="org.edit")
def new(request: HttpRequest) -> HttpResponse:
    return found_new(request, "body", NEW)


def _fitted(deed: Deed, word: str, told: BodyPage, where: Here) -> Deed:
    """Forms whose fields depend on the body: a group has a leader only, a split asks about its very groups and members."""
    if word == "appoint":
        return replace(deed, form=forms.appointed_to(told.kind))
    if word == "merge":
        alike = BRANCHES if told.kind in BRANCHES else (told.kind,)
        return replace(deed, form=type("Merged", (forms.Merged,), {"kinds": alike, "own": told.body.pk}))
    if word == "split":
        groups, members = split_lists(body=told.body, on=where.on)
        return replace(deed, form=type("Split", (forms.Split,), {"groups": tuple(groups), "people": tuple(members)}))
    return deed


def _budget(word: str, body: "Body") -> dict[str, Any]:
    """What stands for this year, to be corrected."""
    row = body.budgets.filter(year=clock.today().year).first() if word == "budget" else None
    return {name: getattr(row, name) for name in ("year", *forms.AMOUNTS)} if row else {}


def _landing(word: str, made: Any, back: str, where: Here) -> str:
    if word == "merge":
        return reverse("body", args=[made.code]) + where.tail
    return reverse("org") + where.tail if word == "split" else back
