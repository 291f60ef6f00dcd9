"""The page of one production unit, and everything that can be done to it from a day on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.org import forms
from ronglu.web.org.frame import checked, crumbs_of, found_new, subject_page, unit_here
from ronglu.work import mappings, people
from ronglu.work import units as verbs
from ronglu.work.queries.org_page import unit_page
from ronglu.work.queries.places import Places

DEEDS = {
    "rename": Deed(
        label=_("更名"), icon="edit", form=forms.Named, run=checked(verbs.rename, "unit"), done=_("已更名。"),
        says=_("从所选的那天起用新名称，之前的月份仍显示旧名称。"),
    ),
    "move": Deed(
        label=_("调整隶属"), icon="org", form=forms.UnitMoved, run=checked(verbs.move, "unit"), done=_("隶属已调整。"),
    ),
    "map": Deed(
        label=_("对应党组织"), icon="link", form=forms.BodyMapped, run=checked(mappings.link, "unit"),
        done=_("对应已建立。"), says=_("产线对应党支部，横大班对应党小组。"),
    ),
    "unmap": Deed(
        label=_("解除对应"), icon="unlink", form=forms.BodyMapped, run=checked(mappings.unlink, "unit"),
        done=_("对应已解除。"), says=_("所选的那天起不再对应，之前的不变。"), shown=lambda page: bool(page.bodies),
    ),
    "appoint": Deed(
        label=_("任职"), icon="person", form=forms.AppointedToUnit, run=checked(people.appoint, "unit"),
        done=_("任职已登记。"),
    ),
    "close": Deed(
        label=_("停用"), icon="x", form=forms.OnDay, run=checked(verbs.close, "unit"), done=_("已停用。"),
        says=_("还有在岗人员或下级单位的不能停用。停用后沿革和历史数据都在。"),
    ),
}  # fmt: skip
"""By the last word of the address."""

NEW = Deed(
    label=_("新设生产单位"), icon="plus", form=forms.NewUnit, run=checked(verbs.create, "plant"), done=_("单位已设立。")
)


@page(verb="org.see")
def show(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_here(request, code)
    told = unit_page(unit=unit, on=where.on, scope=scope_of_request(request))
    return subject_page(request, "unit", unit, where, told, DEEDS)


@page(verb="org.edit")
def do(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    unit, where = unit_here(request, code)
    require(request, "org.edit", unit)
    if deed not in DEEDS:
        raise Http404("没有这件事可办")
    told = unit_page(unit=unit, on=where.on, scope=scope_of_request(request))
    back = reverse("unit", args=[code]) + where.tail
    return perform(
        request,
        DEEDS[deed],
        subject=unit,
        title=told.name,
        back=back,
        places=Places(where.plant, where.on),
        initial={"name": told.name, "body": asked(request, "body")},
        crumbs=[*crumbs_of("unit", told, where)[:-1], (told.name, back), (str(DEEDS[deed].label), "")],
    )


@page(verb="org.edit")
def new(request: HttpRequest) -> HttpResponse:
    return found_new(request, "unit", NEW)
