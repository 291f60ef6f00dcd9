"""What a crew fills in at the end of its shift: at most five fields, on the terminal and at a desk alike."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.loops.loop import Loop
from ronglu.web.fields import DayField
from ronglu.web.halts.forms import reasons
from ronglu.work.handovers import Action

ACTS = ("action", "problem")
"""What now: one line of work with a person and a day, or a problem that nobody knows the answer of yet."""


class Given(forms.Form):
    reason = forms.ChoiceField(label=_("为什么"), required=False)
    words = forms.CharField(
        label=_("交待"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("设备、工艺、安全上下一班要知道的"),
    )  # fmt: skip
    act = forms.ChoiceField(label=_("现在怎么办"), required=False, widget=forms.RadioSelect)
    what = forms.CharField(label=_("要办的事，或难题"), max_length=200, required=False)
    finish_by = DayField(label=_("行动项的期限"), required=False)

    def __init__(self, *args: Any, plant: str, loops: Mapping[str, Loop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loops = {code: loops[code] for code in ACTS if code in loops}
        self.fields["reason"].choices = [("", _now("没有要说明的")), *reasons(plant)]  # type: ignore[attr-defined]
        words = {"action": _now("开一个行动项"), "problem": _now("提一个难题")}
        self.fields["act"].choices = [("", _now("不用")), *((c, words[c]) for c in self.loops)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") and not given.get("what"):
            self.add_error("what", _now("请写要办什么"))
        if given.get("act") == "action" and not given.get("finish_by"):
            self.add_error("finish_by", _now("行动项要有期限"))
        return given

    def action(self, *, said: str, short: str) -> Action | None:
        """`said` is where it comes from, `short` what it cost: both are filled in, nobody types them."""
        given = self.cleaned_data
        if not given["act"]:
            return None
        if given["act"] == "action":
            data = {"what": given["what"], "source": "other", "said": said, "finish_by": given["finish_by"].isoformat()}
        else:
            data = {"what": given["what"], "source": "site", "effect": short}
        return Action(loop=self.loops[given["act"]], given=data)


def tomorrow(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)
