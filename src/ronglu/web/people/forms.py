"""The forms of what is arranged for a person; every one says from which day on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.org.facts import SEATS
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.words import named, said
from ronglu.work.queries.choices import BASES, KINDS_OF_WORK, STANDINGS
from ronglu.work.queries.org import role_label
from ronglu.work.roles import roles


class OnDay(DeedForm):
    on = DayField(label=_("自哪天起"))


class Enrolled(OnDay):
    staff_no = forms.SlugField(label=_("工号"), max_length=40)
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = PlaceField(label=_("任职单位"), of="unit")
    kind = forms.ChoiceField(label=_("用工"), choices=said(KINDS_OF_WORK), initial="regular")
    contact = forms.CharField(label=_("工作联系方式"), max_length=80, required=False)

    field_order = ["staff_no", "name", "unit", "kind", "on"]


class Engaged(OnDay):
    unit = PlaceField(label=_("任职单位"), of="unit")
    kind = forms.ChoiceField(label=_("用工"), choices=said(KINDS_OF_WORK), initial="regular")

    field_order = ["unit", "kind", "on"]


class Transferred(OnDay):
    unit = PlaceField(label=_("调到"), of="unit")
    kind = forms.ChoiceField(label=_("用工"), choices=said([("", _("不变")), *KINDS_OF_WORK]), required=False)

    field_order = ["unit", "kind", "on"]

    def rows(self) -> dict[str, Any]:
        said = super().rows()
        return said | {"kind": said["kind"] or None}


class Lent(OnDay):
    unit = PlaceField(label=_("借调到"), of="unit")
    until = DayField(label=_("回原单位的日期"), help_text=_("这一天起已在原单位"))

    field_order = ["unit", "on", "until"]


class Admitted(OnDay):
    body = PlaceField(label=_("编入"), of="body", kinds=("branch", "joint", "group"))
    status = forms.ChoiceField(label=_("党员类别"), choices=said([("", _("不变")), *STANDINGS]), required=False)
    basis = forms.ChoiceField(label=_("编入依据"), choices=said(BASES), help_text=_("管理、技术人员按服务对象编入"))

    field_order = ["body", "status", "basis", "on"]

    def rows(self) -> dict[str, Any]:
        said = super().rows()
        return said | {"status": said["status"] or None}


class Appointed(OnDay):
    """Either at a party body or at a unit; the verb refuses both and neither."""

    role = forms.ChoiceField(label=_("职务"))
    body = PlaceField(label=_("在党组织"), of="body", required=False, empty=_("不在党组织"))
    unit = PlaceField(label=_("在生产单位"), of="unit", required=False, empty=_("不在生产单位"))
    term_ends_on = DayField(label=_("任期届满日"), required=False)

    field_order = ["role", "body", "unit", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = [(code, named(name)) for code, name in SEATS.items()]
        work = [(code, named(role_label(code))) for code in sorted(roles().posts - set(SEATS))]
        self.fields["role"].choices = [(_("党内"), party), (_("行政"), work)]  # type: ignore[attr-defined]


class Corrected(DeedForm):
    """What is not dated: put right, and nothing of it goes into the trail."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    joined_on = DayField(label=_("入党日期"), required=False)
    grades = forms.CharField(label=_("技能等级"), max_length=200, required=False, help_text=_("几项的用顿号隔开"))
    contact = forms.CharField(label=_("工作联系方式"), max_length=80, required=False)

    def rows(self) -> dict[str, Any]:
        said = super().rows()
        grades = [one.strip() for one in said["grades"].split("、") if one.strip()]
        return said | {"grades": grades, "contact": said["contact"].strip()}
