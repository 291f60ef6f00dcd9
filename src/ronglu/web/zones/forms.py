"""The forms of zones, plans, rounds and events; the verbs say what is wrong with what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.org.forms import CODE
from ronglu.web.words import said
from ronglu.work.checklists import CADENCES
from ronglu.work.queries import events, zones
from ronglu.work.queries.places import Places

CADENCE_WORDS = dict(zip(CADENCES, (_("每周"), _("每月")), strict=True))


class ZoneField(forms.TypedChoiceField):
    """A zone of the plant that is in use; its value is the row. `empty` says what leaving it open means."""

    def __init__(self, *, empty: Any = None, **kwargs: Any) -> None:
        self.empty = empty or _("不选")
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)


class ZoneForm(DeedForm):
    """A deed form that may name a zone, too."""

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ZoneField):
                field.choices = [("", field.empty), *zones.choices(plant=places.plant)]  # type: ignore[list-item]

    def _row(self, name: str, value: Any) -> Any:
        if isinstance(self.fields[name], ZoneField):
            return zones.one(pk=value) if value else None
        return super()._row(name, value)


class Described(ZoneForm):
    size = forms.CharField(label=_("面积（平方米）"), max_length=20, required=False, help_text=_("没有量过就空着"))
    leads = forms.MultipleChoiceField(
        label=_("区域党员带头做什么"), required=False, widget=forms.CheckboxSelectMultiple, choices=said(zones.LEADS)
    )
    task = forms.CharField(label=_("任务"), max_length=200, required=False, help_text=_("包片必填：包什么"))
    target = forms.CharField(label=_("目标"), max_length=200, required=False)


class NewZone(Described):
    code = forms.CharField(label=_("编码"), max_length=40, validators=[CODE])
    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=said(zones.KINDS))
    unit = PlaceField(label=_("在哪个单位"), of="unit")
    parent = ZoneField(label=_("在哪个责任区里面"))
    on = DayField(label=_("自哪天起"))

    field_order = ["code", "name", "kind", "unit", "parent", "on", "size", "leads", "task", "target"]


class Renamed(ZoneForm):
    name = forms.CharField(label=_("名称"), max_length=80)


class Moved(ZoneForm):
    parent = ZoneField(label=_("放到哪个责任区里面"), empty=_("不在别的责任区里面"))


class Closed(ZoneForm):
    on = DayField(label=_("自哪天起停用"))


class ItemAdded(ZoneForm):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如 1# 风机、操作平台"))
    kind = forms.ChoiceField(label=_("是什么"), choices=said([("equipment", "设备"), ("spot", "部位")]))
    work_class = forms.ChoiceField(label=_("管什么"), choices=said(zones.CLASSES))


class Assigned(ZoneForm):
    """A person by staff number, or for a 包片 a body."""

    duty = forms.ChoiceField(label=_("职责"), choices=said(zones.KINDS))
    person = StaffField(label=_("责任人"), required=False)
    body = PlaceField(label=_("或党组织"), of="body", required=False, empty=_("不派给党组织"))
    on = DayField(label=_("自哪天起"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"person": found["person"] or None}


class Released(ZoneForm):
    on = DayField(label=_("自哪天起不再负责"))


class PlanAdded(ZoneForm):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如 转炉厂房一层"))
    unit = PlaceField(label=_("哪个单位的"), of="unit")
    picture = forms.FileField(label=_("图片"), help_text=_("照片或截图，JPEG、PNG 或 WebP，10 MB 以内"))


class Drawn(ZoneForm):
    points = forms.CharField(
        label=_("角点"), max_length=800, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("在图上顺着边点角；也可以直接写：每个角点写“横,纵”，各 0 到 1000，角点之间空格"),
    )  # fmt: skip


class ChecklistEdited(ZoneForm):
    cadence = forms.ChoiceField(label=_("周期"), choices=list(CADENCE_WORDS.items()))
    lines = forms.CharField(
        label=_("检查项"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=4000,
        help_text=_("一行一项，最多 30 项"),
    )
    on = DayField(label=_("自哪天起用"))

    def rows(self) -> dict[str, Any]:
        return super().rows() | {"lines": self.cleaned_data["lines"].splitlines()}


class WorkNamed(ZoneForm):
    title = forms.CharField(label=_("重点难点"), max_length=120)
    unit = PlaceField(label=_("哪个单位的"), of="unit")
    zone = ZoneField(label=_("在哪个责任区"))
    owner = StaffField(label=_("负责人"), required=False)
    on = DayField(label=_("自哪天起"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"owner": found["owner"] or None}


class WorkGiven(ZoneForm):
    owner = StaffField(label=_("负责人"))
    on = DayField(label=_("自哪天起"))


class WorkFinished(ZoneForm):
    on = DayField(label=_("自哪天起不再列为重点难点"))


class EventTold(ZoneForm):
    day = DayField(label=_("发生日"))
    kind = forms.ChoiceField(label=_("类别"), choices=said(events.KINDS), help_text=_("报未遂事件从不扣分"))
    unit = PlaceField(label=_("在哪个单位"), of="unit")
    zone = ZoneField(label=_("在哪个责任区"))
    words = forms.CharField(
        label=_("经过"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不写伤者姓名")
    )
