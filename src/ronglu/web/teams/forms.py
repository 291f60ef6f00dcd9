"""The forms of teams, missions, duties, model posts and studios; the verbs say what is wrong with what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import packs
from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.words import named, pack_of, said
from ronglu.work import studios, teams
from ronglu.work.queries import teams as queries
from ronglu.work.queries.places import NoSuchPlace

BRANCHES = ("committee", "general", "branch", "joint")
GROUPS = ("branch", "joint", "group")


class Words(forms.CharField):
    """A few lines."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Named(DeedForm):
    name = forms.CharField(label=_("名称"), max_length=80)
    purpose = Words(label=_("任务"), help_text=_("什么情况下调用、要做到什么"))


class NewTeam(Named):
    kind = forms.ChoiceField(label=_("类型"), choices=said(teams.KINDS))
    code = forms.SlugField(label=_("编码"), max_length=40, allow_unicode=True, help_text=_("本厂内唯一，以后不改"))
    body = PlaceField(label=_("建在哪个党组织"), of="body")
    on = DayField(label=_("自哪天起"))

    field_order = ["name", "kind", "code", "body", "purpose", "on"]


class Joined(DeedForm):
    person = StaffField(label=_("谁"), help_text=_("党员、职工都可以"))
    role = forms.ChoiceField(label=_("身份"), choices=said(teams.ROLES), initial="member")
    duties = forms.CharField(label=_("分工"), max_length=200, required=False)
    on = DayField(label=_("自哪天起"))


class OnDay(DeedForm):
    on = DayField(label=_("自哪天起"))


class Called(DeedForm):
    unit = PlaceField(label=_("去哪里"), of="unit")
    why = Words(label=_("要做什么"))
    case_no = forms.ChoiceField(label=_("揭哪个榜"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = queries.challenges(plant=self.places.plant, loops=pack_of(self.places.plant.code).loops)
        self.fields["case_no"].choices = [("", _("不对应")), *taken]  # type: ignore[attr-defined]


class Indicated(DeedForm):
    """`indicator` is one that the plant declares."""

    indicator = forms.ChoiceField(label=_("指标"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = pack_of(self.places.plant.code).indicators.values()
        listed = [(one.code, f"{one.code} {named(one)}") for one in declared]
        self.fields["indicator"].choices = [("", _("不对应指标")), *listed]  # type: ignore[attr-defined]


class Nothing(DeedForm):
    """A button that needs nothing more than a yes."""


class Reported(Indicated):
    report = Words(label=_("做了什么"))
    effect = Words(label=_("效果"), rows=2, help_text=_("由队外的人核实后才算"))
    before = forms.CharField(label=_("之前"), max_length=40, required=False)
    after = forms.CharField(label=_("之后"), max_length=40, required=False)

    field_order = ["report", "effect", "indicator", "before", "after"]


class Judged(DeedForm):
    holds = forms.ChoiceField(
        label=_("结论"), choices=[("yes", _("属实")), ("no", _("不属实"))], widget=forms.RadioSelect
    )
    verdict = Words(label=_("怎样核实的、看到什么"))


class NewDuty(DeedForm):
    person = StaffField(label=_("谁"))
    role = forms.ChoiceField(label=_("职责"))
    body = PlaceField(label=_("由哪个党组织安排"), of="body", kinds=GROUPS)
    area = forms.CharField(label=_("范围"), max_length=120, required=False, help_text=_("哪个班、哪台设备、哪一段"))
    on = DayField(label=_("自哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = packs().base.duties.values()
        self.fields["role"].choices = [(one.code, named(one)) for one in declared]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"role": packs().base.duties[found["role"]]}


class NewModelPost(Indicated):
    name = forms.CharField(label=_("名称"), max_length=80)
    unit = PlaceField(label=_("设在哪里"), of="unit")
    body = PlaceField(label=_("由哪个党组织设"), of="body", kinds=GROUPS)
    people = forms.CharField(label=_("谁在这个岗"), max_length=200, help_text=_("工号，几个人用空格隔开"))
    weakness = Words(label=_("薄弱环节"), rows=2, help_text=_("这里容易出什么事、差在哪里"))
    criteria = Words(label=_("达到什么样"), rows=2)
    on = DayField(label=_("自哪天起"))
    review_on = DayField(label=_("复核日"), help_text=_("到日由不在这个岗的人复核，继续或撤岗"))

    field_order = ["name", "unit", "body", "people", "weakness", "indicator", "criteria", "on", "review_on"]

    def rows(self) -> dict[str, Any]:
        """Staff numbers as people; the first that is not of this plant is named."""
        found = super().rows()
        numbers = dict.fromkeys(found["people"].replace("，", " ").replace("、", " ").replace(",", " ").split())
        if not numbers:
            raise NoSuchPlace("请写明谁在这个岗，至少一人")
        return found | {"people": [self.places.person(one) for one in numbers]}


class Kept(DeedForm):
    review = Words(label=_("复核意见"))
    review_on = DayField(label=_("下次复核日"))


class Ended(DeedForm):
    review = Words(label=_("复核意见"), help_text=_("薄弱环节改好了没有"))


class Elements(DeedForm):
    """五要素: what is not there yet stays empty and shows as a gap."""

    topic = Words(label=_("有课题"), rows=2, required=False)
    leader = forms.CharField(label=_("有带头人"), max_length=80, required=False)
    venue = forms.CharField(label=_("有场地"), max_length=120, required=False)
    reward = Words(label=_("有奖励措施"), rows=2, required=False)
    tolerance = Words(label=_("有容错机制"), rows=2, required=False)


class NewStudio(Elements):
    name = forms.CharField(label=_("名称"), max_length=80)
    unit = PlaceField(label=_("设在哪里"), of="unit", kinds=("workshop", "office", "line"))
    body = PlaceField(label=_("由哪个党组织设"), of="body", kinds=BRANCHES)
    on = DayField(label=_("自哪天起"))

    field_order = ["name", "unit", "body", "on", *studios.ELEMENTS]
