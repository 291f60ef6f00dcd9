"""What is filled in about a pair: two staff numbers, one sentence, or one reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DeedForm, StaffField
from ronglu.web.words import named, pack_of
from ronglu.work.contacts import SENTENCE, Raise

ACTS = ("hazard", "idea", "problem")
"""What anybody may raise: one sentence is enough for each."""


class Proposed(DeedForm):
    one = StaffField(label=_("一方"))
    other = StaffField(label=_("另一方"), help_text=_("兄弟班的党员：同一产线、同一车间，或同一班别"))


class Noted(DeedForm):
    words = forms.CharField(label=_("传了什么"), max_length=SENTENCE, help_text=_("一句话就够"))
    act = forms.ChoiceField(label=_("办成一件事"), required=False, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("隐患是哪一类"), required=False, help_text=_("开隐患时才选"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = pack_of(self.places.plant.code).loops
        self.loops = {code: declared[code] for code in ACTS if code in declared}
        kinds = self.loops["hazard"].field("kind").choices if "hazard" in self.loops else ()
        listed = [(code, named(loop)) for code, loop in self.loops.items()]
        self.fields["act"].choices = [("", _now("不用开事项")), *listed]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _now("请选择")), *((one.code, named(one)) for one in kinds)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") == "hazard" and not given.get("kind"):
            self.add_error("kind", _now("请选隐患是哪一类"))
        return given

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        words, act = found["words"], found["act"]
        given = {
            "hazard": {"kind": found["kind"], "what": words, "source": "seen"},
            "idea": {"what": words},
            "problem": {"what": words, "source": "site"},
        }
        return {"words": words, "opens": Raise(loop=self.loops[act], given=given[act]) if act else None}


class Unmet(DeedForm):
    reason = forms.CharField(label=_("原因"), max_length=SENTENCE, help_text=_("班次碰不上的不用写，系统按轮班表知道"))


class Ended(DeedForm):
    reason = forms.CharField(label=_("为什么结束"), max_length=SENTENCE)


class Agreed(DeedForm):
    """A button that needs nothing more than a yes."""
