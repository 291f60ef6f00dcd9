"""The forms of who holds a poll: one for each kind, with its weights, its voters and what it is about."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.standing.ballot import PollKind
from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.words import named
from ronglu.work.polls import About

BODIES = ("committee", "general", "branch", "joint")


class StaffList(forms.CharField):
    """Staff numbers, several to a line or one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}), **kwargs)


class Declared(DeedForm):
    """`kind` is set by `form_of`; fields that its kind has no use for are left out."""

    kind: PollKind

    title = forms.CharField(label=_("名称"), max_length=120)
    body = PlaceField(label=_("哪个党组织"), of="body", kinds=BODIES)
    person = StaffField(label=_("测评谁"))
    people = StaffList(label=_("候选人（工号）"), help_text=_("用空格或换行隔开，按票面的次序写"))
    seats = forms.IntegerField(label=_("名额"), min_value=1, max_value=99, help_text=_("应比候选人少：实行差额"))
    due_on = DayField(label=_("投票截止日"), help_text=_("到这一天结束为止；以后投的不算"))
    year = forms.IntegerField(label=_("计入年度"), min_value=2000, max_value=2999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.kind
        used = {"body": {"title", "body"}, "person": {"person"}, "candidates": {"people", "seats"}}[kind.about]
        for name in {"person", "people", "seats"} - used:
            del self.fields[name]
        for part in kind.parts:
            if kind.groups or kind.roll == "named":
                self.fields[f"voters_{part}"] = StaffList(label=self._voters(part), required=not kind.groups)
        if kind.form == "rate":
            for one in (*kind.questions, *kind.groups):
                label = _("权重：%s") % named(one)
                weight = forms.IntegerField(label=label, min_value=0, max_value=1000, initial=one.weight)
                self.fields[f"weight_{one.code}"] = weight

    def rows(self) -> dict[str, Any]:
        """What the verb wants; raises OrgTrouble for a staff number that the plant doesn't know."""
        said, row = self.cleaned_data, super().rows()
        weights = {name.removeprefix("weight_"): said[name] for name in said if name.startswith("weight_")}
        named_ = {part: self._people(said.get(f"voters_{part}", "")) for part in self.kind.parts}
        return {
            "kind": self.kind.weighed(weights),
            "named": {part: people for part, people in named_.items() if people},
            "about": self._about(row),
            "seats": said.get("seats", 0),
            **{name: row[name] for name in ("title", "body", "due_on", "year")},
        }

    def _about(self, row: dict[str, Any]) -> list[About]:
        if self.kind.about == "body":
            return [About(name=self.places.body_name(row["body"].pk), body=row["body"])]
        people = [row["person"]] if self.kind.about == "person" else self._people(row["people"])
        return [About(name=one.name, person=one) for one in people]

    def _people(self, text: str) -> list[Any]:
        return [self.places.person(number) for number in re.split(r"[\s,，、;；]+", text) if number]

    def _voters(self, part: str) -> Any:
        group = next((one for one in self.kind.groups if one.code == part), None)
        return _("测评人（工号）：%s") % named(group) if group else _("测评人（工号）")


class Nothing(DeedForm):
    """Only to be confirmed."""


class Dropped(DeedForm):
    reason = forms.CharField(label=_("为什么作废"), max_length=200)


class Handed(DeedForm):
    person = StaffField(label=_("领票人"), help_text=_("记下后他不能再在网上投；只记在名册上，投票结束就抹掉"))


def form_of(kind: PollKind) -> type[Declared]:
    return type("DeclaredKind", (Declared,), {"kind": kind})
