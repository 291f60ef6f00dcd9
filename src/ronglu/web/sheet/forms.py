"""The forms of the sheet's pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.rules.item import Item
from ronglu.web.sheet.frame import month_of
from ronglu.web.words import named

Choices = Iterable[tuple[str, str]]


class FigureForm(forms.Form):
    """`bodies` and `items` are those whose cells are open to a figure of the office."""

    body = forms.ChoiceField(label=_("支部"))
    item = forms.ChoiceField(label=_("考核项"))
    won = forms.DecimalField(label=_("得分"), max_digits=6, decimal_places=2, min_value=0)
    ground = forms.CharField(
        label=_("依据"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例：三会一课台账第 3 页；第一季度检查通报第 2 条"),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Choices, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            (item.code, named(f"{item.code} {named(item)}（{item.points}）")) for item in items
        ]
        self.fields["won"].widget.attrs["inputmode"] = "decimal"


class VetoForm(forms.Form):
    body = forms.ChoiceField(label=_("支部"))
    reason = forms.ChoiceField(label=_("情形"))
    evidence = forms.CharField(
        label=_("证据"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("事故调查报告、通报文号或核查结论"),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Choices, reasons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    from_month = forms.CharField(
        label=_("起用月"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}),
        help_text=_("已经计过分的月份不能换规则"),
    )  # fmt: skip

    def clean_from_month(self) -> Any:
        try:
            return month_of(self.cleaned_data["from_month"])
        except Exception:
            raise forms.ValidationError(_("写成 2026-04 这样的一个月")) from None
