"""The forms with which a person says how a table is read: the table as a whole, each of its columns, its own words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.exchange.profile import GRAINS, ORDERS, Column, Percent, Profile, Role
from ronglu.exchange.suggest import Guess
from ronglu.kernel.time.stamp import StampMode
from ronglu.packs.pack import Pack
from ronglu.web.series import offered
from ronglu.web.words import said

ROLES = [
    (Role.IGNORE, _("不读")),
    (Role.VALUE, _("数值")),
    (Role.STAMP, _("日期或时间")),
    (Role.CLOCK, _("钟点（日期在另一列）")),
    (Role.SHIFT, _("班次")),
    (Role.LINE, _("产线")),
]
PERCENTS = [
    (Percent.ASK, _("看不出时问我")),
    (Percent.AS_IS, _("93 就是 93 %")),
    (Percent.FRACTION, _("0.93 是 93 %")),
    (Percent.FORMAT, _("按单元格格式")),
]
Choices = Sequence[tuple[Any, Any]]


class TableForm(forms.Form):
    """What holds for the whole table."""

    required_css_class = "required"
    name = forms.CharField(
        label=_("这种报表叫什么"), max_length=80, help_text=_("例如“转炉班报”。下个月同样的表选它就行。")
    )
    grain = forms.ChoiceField(label=_("一行是多长时间"), choices=said(GRAINS.items()))
    line = forms.ChoiceField(
        label=_("整张表属于哪个单位"), required=False, help_text=_("表里有产线列时留空，在下面写各个叫法对应哪条线。")
    )
    every_sheet = forms.BooleanField(label=_("读所有可见的表，不只这一张"), required=False)
    header_rows = forms.IntegerField(label=_("表头占几行"), min_value=1, max_value=5, initial=1)
    date_order = forms.ChoiceField(label=_("日期怎么写"), choices=said(ORDERS.items()), required=False)
    stamp = forms.ChoiceField(
        label=_("时标是什么意思"),
        choices=said((mode.value, mode.label) for mode in StampMode),
        help_text=_("只用于时刻和小时的表。读反了，日合计看不出来，班合计几乎全错。"),
    )
    interval_minutes = forms.IntegerField(
        label=_("每格多少分钟"),
        min_value=0,
        max_value=1440,
        initial=0,
        help_text=_("时刻和小时的表要填：15 分钟填 15，小时填 60。"),
    )
    decimal_comma = forms.BooleanField(label=_("小数点写成逗号（0,93）"), required=False)
    opens = forms.BooleanField(
        label=_("新测点自动登记"),
        required=False,
        help_text=_("这条线还没上报过的数列，入库时从第一天起登记；不勾就当错误。"),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", _("由产线列给出")), *units]  # type: ignore[attr-defined]

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        """What an existing (or proposed) profile fills in."""
        kept = {name: getattr(profile, name) for name in FLAT}
        return kept | {"every_sheet": not profile.sheets.names, "stamp": profile.stamp.value}


FLAT = ("name", "grain", "line", "header_rows", "date_order", "interval_minutes", "decimal_comma", "opens")


class ColumnForm(forms.Form):
    """One column of the table; `guess` keeps its letter, its title and why it was taken for what it is."""

    role = forms.ChoiceField(label=_("这一列是"), choices=ROLES)
    series = forms.ChoiceField(label=_("数列"), required=False)
    unit = forms.CharField(label=_("表里的单位"), max_length=20, required=False)
    line = forms.ChoiceField(label=_("属于哪个单位"), required=False)
    factor = forms.CharField(
        label=_("换算系数"), max_length=20, required=False, help_text=_("表里的数乘它得到数列的单位；留空由单位换算。")
    )
    low = forms.CharField(label=_("合理下限"), max_length=20, required=False)
    high = forms.CharField(label=_("合理上限"), max_length=20, required=False)
    percent = forms.ChoiceField(label=_("百分比写法"), choices=PERCENTS, required=False)

    def __init__(self, *args: Any, guess: Guess, sample: str, pack: Pack, units: Choices, **kw: Any):
        super().__init__(*args, prefix=f"c-{guess.letter}", **kw)
        self.guess, self.sample = guess, sample
        others = sorted(set(pack.series) - set(guess.series), key=lambda code: pack.series[code].name)
        names = offered(pack, [*guess.series, *others])
        listed = [(code, _with_unit(name, pack.series[code].unit)) for code, name in names.items()]
        self.fields["series"].choices = [("", _("请选数列")), *listed]  # type: ignore[attr-defined]
        self.fields["line"].choices = [("", _("同整张表")), *units]  # type: ignore[attr-defined]

    @property
    def seldom(self) -> list[forms.BoundField]:
        """Fields that most columns leave alone."""
        return [self[name] for name in ("line", "factor", "low", "high", "percent")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") == Role.VALUE and not given.get("series"):
            self.add_error("series", _("数值列要选它是哪个数列；不要的列选“不读”"))
        return given

    @staticmethod
    def of(column: Column | None) -> dict[str, Any]:
        if column is None:
            return {"role": Role.IGNORE.value}
        m = column.measure
        measured = {name: getattr(m, name) for name in ("series", "unit", "line", "factor", "low", "high")}
        return {"role": column.role.value, "percent": m.percent.value, **measured}


class WordsForm(forms.Form):
    """What the words in the line column and the shift column stand for; one field a word that was met."""

    def __init__(
        self, *args: Any, lines: Sequence[str], shifts: Sequence[str], units: Choices, numbers: Choices, **kw: Any
    ):
        super().__init__(*args, prefix="w", **kw)
        self.words: dict[str, tuple[str, str]] = {}
        self.own = {own_name(name): code for code, name in units}
        for kind, words, choices in (("line", lines, units), ("shift", shifts, numbers)):
            for number, word in enumerate(words):
                name = f"{kind}{number}"
                self.words[name] = (kind, word)
                self.fields[name] = forms.ChoiceField(label=word, choices=[("", _("请选")), *choices], required=False)

    def given(self, kind: str) -> dict[str, str]:
        """A unit's own name stands for it, also where the person was not asked because the column was only now pointed at."""
        own = self.own if kind == "line" else {}
        return {
            word: said
            for name, (what, word) in self.words.items()
            if what == kind and (said := self.cleaned_data.get(name) or own.get(word))
        }

    def fill(self, profile: Profile) -> None:
        """Shows what a profile already knows of the words."""
        for name, (kind, word) in self.words.items():
            known = profile.lines.get(word, self.own.get(word)) if kind == "line" else profile.shifts.get(word)
            self.initial[name] = known if known is not None else ""


def own_name(label: str) -> str:
    """A unit without the kind that lists put behind it."""
    return label.partition("（")[0]


def _with_unit(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name
