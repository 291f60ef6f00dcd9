"""What a person states beside the file he brings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.keys import key_of
from ronglu.web.fields import DayField
from ronglu.work.imports_kinds import Kind


class MonthField(forms.CharField):
    """A statistical month as the browser's month picker writes it: 2026-03."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "month"}), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not (len(text) == 7 and key_of(text[:4]) is not None and text[4] == "-" and text[5:] in MONTHS):
            raise forms.ValidationError(_("月份应写成 2026-03 的样子"))
        return text


class DayText(DayField):
    """A day as text: what is stated beside a file is kept as JSON."""

    def clean(self, value: Any) -> str:
        day = super().clean(value)
        return f"{day}" if day else ""


MONTHS = {f"{number:02}" for number in range(1, 13)}
OPTIONS: dict[str, Any] = {
    "month": lambda: MonthField(
        label=_("这份文件报的是哪个月"),
        required=False,
        help_text=_("填了就核对：早于这个月的行会问，晚于这个月的 0 不当作数。跨月的文件不填。"),
    ),
    "on": lambda: DayText(
        label=_("花名册说的是哪一天起的情况"),
        required=False,
        help_text=_("调动、任职从这一天起记；不填即今天。"),
    ),
    "since": lambda: DayText(
        label=_("从哪一天起"),
        required=False,
        help_text=_("新划的责任区和责任人的变动从这一天起记；不填即今天。"),
    ),
}


class UploadForm(forms.Form):
    """The file, the source that reads it (for kinds that have one), and the kind's own options."""

    required_css_class = "required"
    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        help_text=_(".xlsx、.xls、.csv 或 .csv.gz，最大 60 MB。带宏、带密码的不收。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.gz,.txt"}),
    )

    def __init__(self, *args: Any, kind: Kind, sources: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.with_source:
            listed = [("", _("还没有：上传后指给系统看怎么读")), *sources]
            self.fields["source"] = forms.TypedChoiceField(
                label=_("来源（读取方案）"), choices=listed, coerce=int, empty_value=None, required=False
            )
        for name in kind.options:
            self.fields[name] = OPTIONS[name]()

    def options(self) -> dict[str, Any]:
        """The kind's own options that were filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name in OPTIONS and value}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("更正原因"), max_length=200, required=False)
