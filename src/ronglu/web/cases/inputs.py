"""A declared field as an input of a form: what is typed is read by the declaration itself, and its complaint stands at the field."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.kernel.loops.errors import BadField
from ronglu.kernel.loops.field import LONGEST, SHORT, Field, Kind
from ronglu.kernel.loops.loop import Party
from ronglu.kernel.measure.indicator import Indicator
from ronglu.web.fields import DayField, Looked
from ronglu.web.words import named, unit_sign
from ronglu.work.queries import case_ground, risks
from ronglu.work.queries.places import Places, called

BETWEEN = re.compile(r"[\s,，、;；]+")
NONE = ("", gettext_lazy("请选择"))


@dataclass(frozen=True)
class Ground:
    """What inputs choose from: the plant's places, its indicators; `suggests` where the reader may look colleagues up."""

    places: Places
    indicators: Sequence[Indicator] = ()
    suggests: bool = False
    reader: int | None = None
    # persons named in the case, so that a number already chosen is shown with its name
    people: dict[int, Any] = field(default_factory=dict)

    @cached_property
    def teams(self) -> list[tuple[int, str]]:
        """Those that the reader is in: for others he cannot speak."""
        return case_ground.own_teams(self.reader, self.places.on) if self.reader is not None else []

    @cached_property
    def zones(self) -> list[tuple[int, str]]:
        return case_ground.zones(self.places.plant, self.places.on)

    @cached_property
    def controls(self) -> list[str]:
        """Of the risk list, for hazards."""
        return risks.offered(plant=self.places.plant, on=self.places.on)


def declared(one: Field, ground: Ground, *, required: bool) -> forms.Field:
    """The input of a field; `required` is only said, the engine decides."""
    common: dict[str, Any] = {"label": named(one), "required": required, "help_text": named(one.help)}
    match one.kind:
        case Kind.LONG:
            lines = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})
            found: forms.Field = forms.CharField(widget=lines, **common)
        case Kind.CHOICE:
            found = forms.ChoiceField(choices=[NONE, *((c.code, named(c)) for c in one.choices)], **common)
        case Kind.YES:
            found = forms.ChoiceField(choices=[NONE, ("yes", _("是")), ("no", _("否"))], **common)
        case Kind.DATE:
            found = DayField(**common)
        case Kind.PERSON:
            return PeopleField(ground, many=False, **common)
        case Kind.UNIT | Kind.BODY | Kind.ZONE | Kind.TEAM | Kind.INDICATOR:
            found = forms.ChoiceField(choices=[NONE, *_listed(one.kind, ground)], **common)
        case Kind.NUMBER | Kind.MONEY:
            unit = unit_sign("元" if one.kind is Kind.MONEY else one.unit)
            common["label"] += f"（{unit}）" if unit else ""
            found = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case _:
            widget = _Offered(ground.controls) if one.offers == "controls" else None
            found = forms.CharField(max_length=SHORT, widget=widget, **common)
    found.clean = _Reader(one, found.clean)  # type: ignore[method-assign]
    return found


def named_party(party: Party, ground: Ground, *, required: bool) -> forms.Field:
    return PeopleField(ground, many=party.many, label=named(party), required=required)


@dataclass(frozen=True)
class _Reader:
    """The form's own check first, then the declaration's, whose words name the field."""

    one: Field
    before: Any

    def __call__(self, value: Any) -> Any:
        found = self.before(value)
        try:
            self.one.read(found)
        except BadField as fault:
            raise ValidationError(str(fault)) from fault
        return found

    def __deepcopy__(self, _memo: dict[int, Any]) -> "_Reader":
        return self


class PeopleField(forms.CharField):
    """One person or several by staff number, or by a name that only one of the plant bears; its value are their keys."""

    def __init__(self, ground: Ground, *, many: bool, **kwargs: Any) -> None:
        self.ground, self.many = ground, many
        kwargs["help_text"] = kwargs.get("help_text") or (
            _("工号或姓名，几个人用逗号隔开") if many else _("工号或姓名")
        )
        super().__init__(max_length=400, **kwargs)
        self.widget = Looked(suggests=ground.suggests)

    def prepare_value(self, value: Any) -> Any:
        keys = value if isinstance(value, list) else [value]
        known = [self.ground.people[key] for key in keys if key in self.ground.people]
        return "，".join(one.staff_no for one in known) if known or not isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found: list[int] = []
        for word in filter(None, BETWEEN.split(text)):
            people = called(self.ground.places.plant, word)
            if not people:
                raise ValidationError(_("没有工号或姓名“%s”，请核对") % word[:40])
            if len(people) > 1:
                same = _("、").join(f"{one.staff_no} {one.name}" for one in people)
                raise ValidationError(_("“%(word)s”有几个人：%(same)s，请写工号") % {"word": word, "same": same})
            found.append(people[0].pk)
        if len(found) > 1 and not self.many:
            raise ValidationError(_("只能写一个人"))
        if not found:
            return None
        return found if self.many else found[0]


class _Offered(forms.TextInput):
    """A line with a list of what may be picked; what is not on it may be written."""

    def __init__(self, offers: Sequence[str]) -> None:
        self.offers = offers
        super().__init__({"autocomplete": "off"})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        box = f"{(attrs or {}).get('id', name)}_offers"
        line = super().render(name, value, {**(attrs or {}), "list": box} if self.offers else attrs, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.offers))
        return format_html('{}<datalist id="{}">{}</datalist>', line, box, options) if self.offers else line


def _listed(kind: Kind, ground: Ground) -> Iterable[tuple[Any, str]]:
    match kind:
        case Kind.UNIT:
            return [(key, named(name)) for key, name in ground.places.units()]
        case Kind.BODY:
            return [(key, named(name)) for key, name in ground.places.bodies()]
        case Kind.ZONE:
            return ground.zones
        case Kind.TEAM:
            return ground.teams
        case _:
            return [(one.code, f"{one.code} {named(one)}") for one in ground.indicators]
