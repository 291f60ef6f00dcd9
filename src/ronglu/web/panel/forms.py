"""The forms of reviewers: a step of five with its reason, a score of a quarter, three words on a practice, a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, StaffField

REASON = {"max_length": 400, "widget": forms.Textarea(attrs={"rows": 3})}


class MarkForm(forms.Form):
    """`rubric` are the five steps in words, the lowest first."""

    step = forms.TypedChoiceField(label=_("评几档"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), help_text=_("看到的事实，别人能核对"), **REASON)

    def __init__(self, *args: Any, rubric: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(no, f"{no} {text}") for no, text in enumerate(rubric, 1)]  # type: ignore[attr-defined]


class QuarterForm(forms.Form):
    """One score for each scale of the sheet; a scale left empty is not scored by this reviewer."""

    def __init__(self, *args: Any, scales: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in scales.items():
            self.fields[code] = forms.DecimalField(
                label=name, min_value=0, max_value=100, decimal_places=2, max_digits=5, required=False
            )
        self.fields["reason"] = forms.CharField(label=_("理由"), **REASON)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if all(value is None for code, value in found.items() if code != "reason"):
            raise forms.ValidationError(_("至少给一个百分打分"))
        return found


def step(label: Any, says: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=says, coerce=int, choices=[(no, str(no)) for no in range(1, 6)], widget=forms.RadioSelect
    )


class PracticeForm(forms.Form):
    practice = forms.CharField(label=_("哪个做法"), max_length=120)
    solid = step(_("实"), _("落得实：有人做、有记录、有效果"))
    distinct = step(_("特"), _("有特色：从本支部、本产线的难题来"))
    bright = step(_("亮"), _("立得住：别处看得到、学得走"))
    comment = forms.CharField(label=_("评语"), **REASON)


class NamedForm(DeedForm):
    item = forms.ChoiceField(label=_("评什么"))
    account = StaffField(label=_("谁"))
    on = DayField(label=_("自哪天起"))


class EndForm(DeedForm):
    on = DayField(label=_("自哪天起不再评"))
