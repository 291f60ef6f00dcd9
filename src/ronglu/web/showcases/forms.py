"""What a crew leader chooses: which indicators of his crew are shown, and a line of the crew's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DeedForm


class Chosen(DeedForm):
    """Offers what the crew has figures of; the view says which those are."""

    indicators = forms.MultipleChoiceField(
        label=_("晒哪几个指标"), widget=forms.CheckboxSelectMultiple, help_text=_("最多六个，对照计划和本班自己的过去")
    )
    words = forms.CharField(label=_("本班的话"), max_length=40, required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = offered  # type: ignore[attr-defined]
