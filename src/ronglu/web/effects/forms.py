"""What is asked when a question is registered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField
from ronglu.web.words import said

Choices = Sequence[tuple[Any, str]]
ONE = dt.timedelta(days=1)


class EffectForm(forms.Form):
    """The window and everything that decides are fixed here: nothing of it can be changed afterwards."""

    required_css_class = "required"

    title = forms.CharField(label=_("做了什么"), max_length=120, help_text=_("一句话，例如：吹炼改用富氧"))
    unit = forms.TypedChoiceField(label=_("哪个单位"), coerce=int)
    indicator = forms.ChoiceField(label=_("看哪个指标"))
    first = DayField(label=_("从哪天开始做"))
    last = DayField(label=_("看到哪天（含）"), help_text=_("7 到 180 天；一个月左右最好"))
    controls = forms.TypedMultipleChoiceField(
        label=_("没有做这件事的兄弟产线"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("有就选上：用它们当对照"),
    )  # fmt: skip
    covariates = forms.MultipleChoiceField(
        label=_("一并考虑的条件"), required=False, help_text=_("不由这件事决定、又影响指标的，如入炉品位；最多选 3 个")
    )
    weekday = forms.ChoiceField(label=_("分不分星期几"), choices=[("no", _("不分")), ("yes", _("分"))], initial="no")
    smallest = forms.CharField(
        label=_("多大的变化才值得一提"), max_length=20, required=False, help_text=_("按指标的单位；空着用厂里的默认")
    )

    def __init__(
        self, *args: Any, units: Choices, indicators: Choices, covariates: Choices, lines: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"unit": units, "indicator": indicators, "controls": lines, "covariates": covariates}
        for name, choices in offered.items():
            self.fields[name].choices = said(choices)  # type: ignore[attr-defined]
        self.fields["covariates"].widget.attrs["size"] = 6

    def clean_covariates(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["covariates"]
        if len(chosen) > 3:
            raise forms.ValidationError(_("最多选 3 个：条件越多，越容易凑出想要的结果"))
        return chosen

    def until_on(self) -> dt.date:
        last: dt.date = self.cleaned_data["last"]
        return last + ONE
