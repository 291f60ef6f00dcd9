"""The forms of a loop, made from its declaration: one for each move, one for each act on a line, one to raise a case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.kernel.loops.loop import Loop, Move, Rows
from ronglu.web.cases.inputs import Ground, PeopleField, declared, named_party
from ronglu.web.cases.words import LINKS
from ronglu.web.fields import DayField
from ronglu.work.case_links import KINDS

REASON = 1000


class CaseForm(forms.Form):
    """`given` are the declared fields and the parties. What else is asked stands beside them under `case-…`: no declared code has
    a hyphen.
    """

    required_css_class = "required"

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if "-" not in name}

    def beside(self, name: str) -> Any:
        return self.cleaned_data.get(f"case-{name}")

    def say(self, trouble: Exception) -> None:
        """Each reason of a refusal is a line above the form."""
        for line in str(trouble).splitlines() or [""]:
            self.add_error(None, line)


def made(
    inputs: Mapping[str, forms.Field], *, name: str, data: Any = None, initial: Mapping[str, Any] | None = None
) -> CaseForm:
    """A form of these inputs; `name` keeps the ids of several forms on one page apart."""
    kind = type("Made", (CaseForm,), dict(inputs))
    found: CaseForm = kind(data, initial=dict(initial or {}), auto_id=f"{name}_%s")
    return found


def of_move(loop: Loop, move: Move, ground: Ground, *, seen: int, case: Mapping[str, Any], parties: Mapping[str, Any],
            data: Any = None) -> CaseForm:  # fmt: skip
    """What the move needs, what it may be given, whom it names, and why. What the case already holds is filled in."""
    inputs: dict[str, forms.Field] = _fields(loop, move.needs, ground, required=True)
    inputs |= _fields(loop, move.asks, ground, required=False)
    for code in move.assigns:
        party = loop.party(code)
        if party is not None:
            inputs[code] = named_party(party, ground, required=True)
    if move.reason:
        inputs["case-reason"] = reason()
    inputs["case-seen"] = forms.IntegerField(widget=forms.HiddenInput)
    initial = dict(case) | {code: sorted(people) for code, people in parties.items()} | {"case-seen": seen}
    return made(inputs, name=f"move_{move.code}", data=data, initial=_shown(loop, initial))


def of_new_line(loop: Loop, rows: Rows, ground: Ground, *, data: Any = None) -> CaseForm:
    """A line that closes names who does it and until when; what only the doing brings is asked when it is done."""
    asked = [code for code in rows.fields if code not in rows.brings]
    inputs = {code: declared(loop.field(code), ground, required=code in rows.needs) for code in asked}
    if rows.closes:
        inputs["case-person"] = PeopleField(ground, many=False, label=_("谁来办"), required=True)
        inputs["case-due_on"] = DayField(label=_("哪天前办完"), required=True)
    return made(inputs, name=f"add_{rows.code}", data=data)


def of_act(
    loop: Loop, rows: Rows, act: str, no: int, ground: Ground, *, line: Mapping[str, Any], data: Any = None
) -> CaseForm:
    inputs: dict[str, forms.Field] = {}
    if act == "done":
        inputs = _fields(loop, rows.brings, ground, required=False)
    if act in ("return", "drop"):
        inputs["case-reason"] = reason()
    return made(inputs, name=f"{rows.code}_{no}_{act}", data=data, initial=_shown(loop, line))


def of_comment(data: Any = None) -> CaseForm:
    text = forms.CharField(label=_("留言"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2}))
    return made({"case-text": text}, name="comment", data=data)


def of_link(data: Any = None) -> CaseForm:
    """Another case by its number, and what it is to this one."""
    kinds = [(code, LINKS[code]) for code in KINDS]
    inputs: dict[str, forms.Field] = {
        "case-kind": forms.ChoiceField(label=_("是什么关系"), choices=kinds),
        "case-number": forms.CharField(label=_("那一件的编号"), max_length=40, help_text=_("您自己看得到的事项")),
    }
    return made(inputs, name="link", data=data)


def reason() -> forms.Field:
    return forms.CharField(label=_("理由"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2}))


class PlaceChoice(forms.ChoiceField):
    """Where: a unit, a zone or a body in one list; its value is ("unit", 12)."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        kind, _sign, key = found.partition(":")
        return (kind, int(key)) if key else None


def of_raise(
    loop: Loop, ground: Ground, *, places: list[Any], place: str, may_hide: bool, data: Any = None,
    told: Mapping[str, str] | None = None,
) -> CaseForm:  # fmt: skip
    """`told`: what the page that led here knows already; the writer may change it."""
    inputs: dict[str, forms.Field] = {}
    if places:
        needed = loop.raising.place != "none"
        inputs["case-place"] = PlaceChoice(label=_("在哪里"), choices=places, required=needed)
    inputs |= _fields(loop, loop.raising.needs, ground, required=True)
    inputs |= _fields(loop, loop.raising.asks, ground, required=False)
    if may_hide:
        inputs["case-confidential"] = forms.BooleanField(
            label=_("保密"), required=False, help_text=gettext_lazy("只有办理的人看得到；不进公开清单")
        )
    return made(inputs, name="new", data=data, initial=dict(told or {}) | {"case-place": place})


def _fields(loop: Loop, codes: Iterable[str], ground: Ground, *, required: bool) -> dict[str, forms.Field]:
    return {code: declared(loop.field(code), ground, required=required) for code in codes}


def _shown(loop: Loop, data: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as inputs want them: True and False are answers of a list."""
    words = {True: "yes", False: "no"}
    return {code: words[value] if isinstance(value, bool) else value for code, value in data.items()}
