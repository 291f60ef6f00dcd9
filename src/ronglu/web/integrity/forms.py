"""The forms of integrity; the verbs say what is wrong with what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named
from ronglu.work import wording
from ronglu.work.inspections import Found

BODIES = ("committee", "general", "branch", "joint")


class Listed(DeedForm):
    """A list of the plant's as choices."""

    field_of: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, name in self.field_of.items():
            found = wording.listed(self.places.plant, name)
            self.fields[field].choices = [(one.code, named(one)) for one in found]  # type: ignore[attr-defined]


class Asked(Listed):
    """Whom: the committee, every member, or one person by staff number."""

    body = PlaceField(of="body", kinds=BODIES, label=_("哪个党组织"))
    kind = forms.ChoiceField(label=_("哪一种"))
    whom = forms.ChoiceField(
        label=_("要谁签"),
        choices=[("committee", _("支委会成员")), ("members", _("全体党员")), ("one", _("一个人，填工号"))],
    )
    person = StaffField(label=_("谁"), required=False, help_text=_("只列一个人时填"))
    due_on = DayField(label=_("哪天前签好"))

    field_of = {"kind": "commitments"}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("whom") == "one" and not given.get("person"):
            self.add_error("person", _("请填这个人的工号"))
        return given


class Signed(DeedForm):
    on = DayField(label=_("哪天签的"))
    kept = forms.CharField(label=_("存放处或编号"), required=False, max_length=80, help_text=_("不用上传扫描件或照片"))


class Looked(DeedForm):
    holds = forms.ChoiceField(label=_("看过原件"), choices=[("yes", _("有，签好了")), ("no", _("没有，或缺东西"))])
    reason = forms.CharField(label=_("缺什么"), required=False, max_length=120, help_text=_("没有时必须写"))


class Reasoned(DeedForm):
    reason = forms.CharField(label=_("理由"), max_length=120)


class Filled(DeedForm):
    done = forms.ChoiceField(label=_("本季"), choices=[("yes", _("办了")), ("no", _("没有可办的"))])
    words = Words(label=_("办了什么，或为什么没有"), rows=2, help_text=_("一两句话，不用另附材料"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"done": found["done"] == "yes"}


class PointLooked(DeedForm):
    holds = forms.ChoiceField(label=_("属实吗"), choices=[("yes", _("属实")), ("no", _("不实，退回重填"))])
    remark = forms.CharField(label=_("哪里不实"), required=False, max_length=200)


class Planned(DeedForm):
    body = PlaceField(of="body", kinds=BODIES, label=_("哪个党组织"))
    title = forms.CharField(label=_("自查事项"), max_length=120, help_text=_("如：物资领用与报废"))
    scope = Words(label=_("查什么"), rows=2)
    due_on = DayField(label=_("哪天前查完"))


class Held(DeedForm):
    on = DayField(label=_("哪天查的"))
    result = Words(label=_("自查结论"), rows=3, help_text=_("看了什么、有没有问题；问题在下一步逐条登记成事项"))


class FoundForm(DeedForm):
    what = Words(label=_("查出什么，要怎么改"), rows=2)
    owner = StaffField(label=_("责任人"))
    finish_by = DayField(label=_("哪天前改好"))
    unit = PlaceField(of="unit", label=_("在哪个单位"), required=False, empty=_("本支部对应的产线"))

    def rows(self) -> dict[str, Any]:
        return {"found": Found(**super().rows())}


class Reported(DeedForm):
    outcome = forms.ChoiceField(label=_("办了没有"), choices=[("done", _("办了")), ("not", _("没有办，说明理由"))])
    done_on = DayField(label=_("哪天办的"), required=False)
    words = Words(label=_("怎么办的，或为什么没有办"), rows=2)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == "done" and not given.get("done_on"):
            self.add_error("done_on", _("请填哪天办的"))
        return given

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        done = found.pop("outcome") == "done"
        return found | {"done_on": found["done_on"] if done else None}


class Judged(DeedForm):
    holds = forms.ChoiceField(label=_("认定"), choices=[("yes", _("认可")), ("no", _("不认可，退回"))])
    remark = forms.CharField(label=_("为什么退回"), required=False, max_length=200)


class Adopted(DeedForm):
    on = DayField(label=_("从哪个月起"), help_text=_("填一个月的 1 日"))


class Added(DeedForm):
    level = forms.ChoiceField(
        label=_("哪一级"), choices=[("branch", _("支部")), ("general", _("党总支")), ("committee", _("厂党委"))]
    )
    seat = forms.ChoiceField(
        label=_("职务"),
        choices=[
            ("secretary", _("书记")),
            ("deputy", _("副书记")),
            ("organiser", _("组织委员")),
            ("propaganda", _("宣传委员")),
            ("discipline", _("纪检委员")),
            ("member", _("委员")),
        ],
    )
    title = forms.CharField(label=_("责任"), max_length=160)
    every = forms.ChoiceField(
        label=_("多久一次"),
        choices=[("month", _("每月")), ("quarter", _("每季度")), ("half", _("每半年")), ("year", _("每年"))],
    )
    on = DayField(label=_("从哪个月起"), help_text=_("填一个月的 1 日"))


class Ended(DeedForm):
    on = DayField(label=_("从哪个月起不再要求"), help_text=_("填一个月的 1 日"))


class Reworded(DeedForm):
    """One field for each line of a list; empty goes back to what was shipped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = dict(kwargs.get("initial") or {})
        name = given.pop("name")
        super().__init__(*args, **(kwargs | {"initial": given}))
        for one in wording.declared().lists[name]:
            self.fields[one.code] = forms.CharField(label=named(one), required=False, max_length=wording.LONGEST)

    def rows(self) -> dict[str, Any]:
        return {"words": self.cleaned_data}
