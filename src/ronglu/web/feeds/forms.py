"""The form in which a feed is declared: what its kind needs, and which of the source's tags feeds which channel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.exchange.feeds.declared import NUMBERS, SETTINGS
from ronglu.kernel.time.stamp import StampMode
from ronglu.web.words import named

CLIP = {"folder": 120, "topic": 200, "query": 8000, "sample": 20_000}
ROWS = 200
SPOT = ("line", "series", "grain")
Choices = Sequence[tuple[str, Any]]


class FeedForm(forms.Form):
    """Numbers that stay empty are the system's own. What is wrong with the rest is told by `exchange.feeds.declared`."""

    code = forms.CharField(
        label=_("编码"), max_length=40, help_text=_("小写字母、数字和连字符，如 furnace-power；以后不能改")
    )
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("如：转炉电表"))
    every = forms.IntegerField(
        label=_("应隔分钟"),
        min_value=1,
        max_value=89_280,
        initial=120,
        help_text=_("超过这么久没有来数就算静默，会提醒"),
    )
    folder = forms.CharField(
        label=_("文件夹"),
        max_length=CLIP["folder"],
        required=False,
        help_text=_("本厂数据源目录下的名字，如 laboratory；空着用它自己的"),
    )
    source = forms.ChoiceField(label=_("读取方案"), help_text=_("用哪个方案读这里的文件；方案在“导入”里做"))
    query = forms.CharField(
        label=_("查询"),
        max_length=CLIP["query"],
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "code"}),
        help_text=_("一句 select；列名用 tag、at、value，可有 unit、revised；要有 :since"),
    )
    topic = forms.CharField(label=_("主题"), max_length=CLIP["topic"], help_text=_("如 plant/furnace/power"))
    quiet = forms.IntegerField(label=_("静置秒数"), required=False, help_text=_("文件多久没有变化才读；空着 30"))
    poll = forms.IntegerField(label=_("几分钟问一次"), required=False, help_text=_("空着 10"))
    late = forms.IntegerField(
        label=_("迟到小时数"), required=False, help_text=_("每次往回多看多少小时，找晚写的行；空着 48")
    )
    back = forms.IntegerField(label=_("首次回看天数"), required=False, help_text=_("空着 3"))
    window = forms.IntegerField(
        label=_("每段天数"), required=False, help_text=_("查询里写了 :until 时分段补取；空着 7")
    )
    sample = forms.CharField(
        label=_("样例消息"), max_length=CLIP["sample"], required=False, widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "code"}),
        help_text=_("只用来试：贴一条来源会发的 JSON，不连接，不保存"),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, sources: Choices = (), fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = {"code", "name", "every"} | SETTINGS[kind] | ({"sample"} if kind in ("push", "mqtt") else set())
        for name in set(self.fields) - keep:
            del self.fields[name]
        for name in set(self.fields) & set(NUMBERS):
            _label, least, most = NUMBERS[name]
            self.fields[name].widget.attrs |= {"min": least, "max": most}
        if "source" in self.fields:
            self.fields["source"].choices = [("", _("请选择")), *sources]  # type: ignore[attr-defined]
        self.fields["code"].disabled = fixed

    def draft(self, kind: str) -> dict[str, Any]:
        """As a file would declare it, without its tags."""
        given = {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None) and name != "sample"
        }
        return given | {"kind": kind}


class TagForm(forms.Form):
    """A row that names neither tag nor channel is no row."""

    tag = forms.CharField(label=_("点位"), max_length=120, required=False)
    spot = forms.ChoiceField(label=_("测点"), required=False)
    unit = forms.CharField(label=_("来的计量单位"), max_length=20, required=False)
    stamp = forms.ChoiceField(label=_("时标"), required=False)
    minutes = forms.IntegerField(label=_("每格分钟"), min_value=0, max_value=1440, required=False)

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]
        modes = [("", _("按默认：时段的开始")), *((str(mode), named(mode)) for mode in StampMode)]
        self.fields["stamp"].choices = modes  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not found.get("tag") and not found.get("spot"):
            return {}
        spot = dict(zip(SPOT, found["spot"].split("|"), strict=True)) if found["spot"] else {}
        more = {name: found[name] for name in ("unit", "stamp", "minutes") if found[name]}
        return {"tag": found["tag"], **spot, **more}


def tag_forms(*args: Any, offered: Choices, extra: int, **kwargs: Any) -> Any:
    made = forms.formset_factory(TagForm, extra=extra, max_num=ROWS, absolute_max=ROWS + 50, validate_max=True)
    return made(*args, form_kwargs={"offered": offered}, prefix="tags", **kwargs)


def shown(tag: Mapping[str, Any]) -> dict[str, Any]:
    """A declared tag as its row of the form."""
    return dict(tag) | {"spot": key(tag)}


def key(tag: Mapping[str, Any]) -> str:
    return "|".join((str(tag.get("line", "")), str(tag.get("series", "")), str(tag.get("grain", "hour"))))
