"""The forms of the editor that are the same for every shape: an item's frame, the sheet's head, points to move."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.rules.cost import Forms
from ronglu.kernel.rules.item import CADENCES, CalendarKind
from ronglu.kernel.rules.linter import REFUSED, Evidence
from ronglu.kernel.rules.state import WhenNothing
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.fields import DayField
from ronglu.web.words import said

Choices = Iterable[tuple[str, str]]
WORDS = ("type", "item", "state", "open_days")


class MonthField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"type": "month"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Period.parse(text)
        except ValueError:
            raise ValidationError(_("写成 2026-05 这样的一个月")) from None
        if month.grain is not Grain.MONTH:
            raise ValidationError(_("写成 2026-05 这样的一个月"))
        return month


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ItemForm(forms.Form):
    """Everything of an item but its shape; `data_of` gives the declaration without it."""

    code = forms.CharField(label=_("代号"), max_length=3, help_text=_("类别字母加数字；用过的代号不再给别的项"))
    name = forms.CharField(label=_("名称"), max_length=40)
    en = forms.CharField(label=_("英文名"), max_length=80, required=False)
    category = forms.ChoiceField(label=_("类别"))
    points = forms.DecimalField(label=_("满分"), max_digits=5, decimal_places=2, min_value=Decimal("0.01"))
    rule = forms.CharField(
        label=_("规则说明"), max_length=400, widget=area(3), help_text=_("说给被考核的人听：什么情况得几分、扣几分")
    )
    fact = forms.CharField(label=_("取哪种事实"), max_length=40)
    type = forms.CharField(
        label=_("只看哪几种"), max_length=120, required=False, help_text=_("几个词用顿号隔开；空着是全部")
    )
    item = forms.CharField(label=_("只看指定给哪一项的指标"), max_length=40, required=False)
    state = forms.CharField(label=_("只看哪种状态"), max_length=80, required=False)
    open_days = forms.CharField(label=_("开了多少天以上"), max_length=12, required=False, help_text=_("如 >30"))
    evidence = forms.MultipleChoiceField(
        label=_("依据种类"), widget=forms.CheckboxSelectMultiple, required=False,
        choices=said((one.value, one.label) for one in Evidence if one not in REFUSED),
    )  # fmt: skip
    min_coverage = forms.IntegerField(
        label=_("最低覆盖率（%）"), min_value=1, max_value=100, required=False, help_text=_("依据是指标读数的必填")
    )
    when_nothing = forms.ChoiceField(label=_("没有发生时"), choices=said((one.value, one.label) for one in WhenNothing))
    cadence = forms.ChoiceField(label=_("周期"), choices=said((one.value, one.label) for one in CADENCES))
    calendar = forms.ChoiceField(label=_("取数期间"), choices=said((one.value, one.label) for one in CalendarKind))
    starts = MonthField(
        label=_("起用月"), required=False, help_text=_("空着就和整张表一起起用；季度项从季初、年度项从年初起")
    )
    doc = forms.CharField(
        label=_("出处文件"), max_length=120, required=False, help_text=_("文号或办法名称；不写就标“系统默认”")
    )
    fields_ = forms.IntegerField(label=_("新增几个填写字段"), min_value=0, max_value=200, required=False)
    people = forms.IntegerField(label=_("几个人填"), min_value=0, max_value=100_000, required=False)
    times = forms.IntegerField(label=_("每人每月几次"), min_value=0, max_value=1000, required=False)
    replaces = forms.CharField(label=_("取代了哪张表或哪件事"), max_length=120, required=False)

    def __init__(self, *args: Any, categories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories)  # type: ignore[attr-defined]
        self.fields["fact"].widget.attrs |= {"list": "facts", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("fields_") and not found.get("replaces"):
            self.add_error("replaces", _("新增填报要写明它取代了什么；什么也没取代，写“无”和理由"))
        return found

    def forms(self) -> Forms:
        found = self.cleaned_data
        return Forms(found["fields_"] or 0, found["people"] or 0, found["times"] or 0, found["replaces"])

    def data_of(self, old: Mapping[str, Any]) -> dict[str, Any]:
        """The item's declaration; what the form does not ask (grain, wired_by, source rows) stays as it was."""
        found = self.cleaned_data
        source = dict(old.get("source") or {"rows": ["本厂"], "status": "D"})
        if found["doc"] != source.get("doc", ""):
            source = {**source, "doc": found["doc"], "status": "V" if found["doc"] else "D"}
        data = {
            **old, "code": found["code"], "name": found["name"], "en": found["en"] or found["name"],
            "category": found["category"], "points": _number(found["points"]), "cadence": found["cadence"],
            "calendar": found["calendar"], "fact": found["fact"], "grain": old.get("grain") or "branch × month",
            "filter": {name: _words(found[name]) for name in WORDS if found[name]}, "evidence": found["evidence"],
            "when_nothing": found["when_nothing"], "min_coverage": found["min_coverage"], "rule": found["rule"],
            "wired_by": old.get("wired_by") or ["本厂"], "source": {k: v for k, v in source.items() if v != ""},
            "starts_on": found["starts"].first.isoformat() if found["starts"] else None,
        }  # fmt: skip
        return {key: value for key, value in data.items() if value not in (None, {})}

    @staticmethod
    def initial_of(item: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
        starts, filters = item.get("starts_on"), item.get("filter") or {}
        narrowed = {name: "、".join(_list(filters.get(name))) for name in WORDS}
        return {
            **{key: value for key, value in item.items() if isinstance(value, str | int)}, **narrowed,
            "evidence": item.get("evidence") or [], "starts": starts[:7] if starts else "",
            "doc": (item.get("source") or {}).get("doc", ""), "fields_": asked.get("fields"), "people": asked.get("people"),
            "times": asked.get("times"), "replaces": asked.get("replaces", ""),
        }  # fmt: skip


class StartForm(forms.Form):
    from_month = MonthField(label=_("从哪个月起用"), help_text=_("考核期开始以后规则就不能改，最早是下个月"))
    why = forms.CharField(label=_("为什么改"), max_length=400, widget=area(2), required=False)


class HeadForm(StartForm):
    document = forms.CharField(
        label=_("授权文件"),
        max_length=200,
        required=False,
        help_text=_("经济责任制或考核办法的文号，印在每一版规则上；提请前必填"),
    )
    quota = forms.IntegerField(
        label=_("优秀最多占多少（%）"), min_value=1, max_value=100, required=False, help_text=_("空着不限")
    )
    bonus = forms.BooleanField(label=_("开加分（一年最多 5 分，只认别处采用并见效的成果）"), required=False)

    field_order = ["from_month", "document", "why", "quota", "bonus"]


class MoveForm(forms.Form):
    source = forms.ChoiceField(label=_("从哪一项"))
    target = forms.ChoiceField(label=_("移到哪一项"))
    points = forms.DecimalField(label=_("移几分"), max_digits=5, decimal_places=2, min_value=Decimal("0.01"))

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(items)
        for name in ("source", "target"):
            self.fields[name].choices = [("", "—"), *listed]  # type: ignore[attr-defined]


class AdminForm(forms.Form):
    """A line of the administrative scheme that already counts a fact."""

    scheme = forms.CharField(label=_("行政考核办法"), max_length=120)
    label = forms.CharField(label=_("哪一条"), max_length=120, help_text=_("如 第 3 条 隐患整改率"))
    fact = forms.CharField(label=_("它计的是哪种事实"), max_length=40)
    only = forms.CharField(label=_("只看哪一种"), max_length=40, required=False)
    on = DayField(label=_("自哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].widget.attrs |= {"list": "facts", "autocomplete": "off"}


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", "、").replace("，", "、").replace(" ", "、").split("、") if word]


def _list(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value] if value is not None else [])]
