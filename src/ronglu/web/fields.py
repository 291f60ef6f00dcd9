"""Form fields that forms share: a day, a place chosen from the trees, a person by staff number."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.web.words import said
from ronglu.work.queries.places import Places


class DayField(forms.DateField):
    """The browser's own calendar; it wants the ISO form whatever the language."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        found = super().to_python(value)
        # rows reach back to the first branches and no further ahead than anybody plans
        if found is not None and not 1900 <= found.year <= 2999:
            raise ValidationError(_("年份应在 1900 到 2999 之间"))
        return found


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M"], **kwargs)


class PlaceField(forms.TypedChoiceField):
    """A body or unit of the plant; `kinds` narrows the list. Its value is the row."""

    def __init__(self, *, of: str, kinds: tuple[str, ...] = (), empty: Any = None, **kwargs: Any) -> None:
        self.of, self.kinds, self.empty = of, kinds, empty
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, places: Places) -> None:
        listed = (places.bodies if self.of == "body" else places.units)(*self.kinds)
        self.choices = said([("", self.empty or _("请选择")), *listed])


class PlacesField(forms.TypedMultipleChoiceField):
    """Several of them, as boxes to tick."""

    def __init__(self, *, of: str, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of, self.kinds = of, kinds
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, places: Places) -> None:
        self.choices = said((places.bodies if self.of == "body" else places.units)(*self.kinds))


class Looked(forms.TextInput):
    """Names appear under the field while one types, for whom that is allowed (templates/cotton/field.html has the place)."""

    def __init__(self, *, suggests: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.suggests = suggests
        super().__init__({"autocomplete": "off"} | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        if self.suggests:
            box = found["widget"]["attrs"].get("id", name)
            found["widget"]["attrs"] |= {
                "list": f"{box}_list", "hx-get": f"{reverse('case_people')}?for={box}&name={name}",
                "hx-trigger": "input changed delay:250ms", "hx-target": f"#{box}_who", "hx-sync": "this:replace",
            }  # fmt: skip
        return found


class StaffField(forms.CharField):
    """A person by staff number, or by a name that only one of the plant bears: a list of eight hundred helps nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=Looked(attrs={"placeholder": _("工号或姓名")}), **kwargs)


class DeedForm(forms.Form):
    """A form of one verb: its places come from the plant's trees, what was chosen is handed on as rows."""

    required_css_class = "required"

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for field in self.fields.values():
            if isinstance(field, PlaceField | PlacesField):
                field.offer(places)

    def suggest(self) -> None:
        """The reader may look colleagues up."""
        for field in self.fields.values():
            if isinstance(field.widget, Looked):
                field.widget.suggests = True

    def rows(self) -> dict[str, Any]:
        """The cleaned values with rows for keys; raises OrgTrouble in words for what is not of this plant."""
        return {name: self._row(name, value) for name, value in self.cleaned_data.items()}

    def _row(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, PlaceField):
            return (self.places.body if field.of == "body" else self.places.unit)(value)
        if isinstance(field, PlacesField):
            find = self.places.body if field.of == "body" else self.places.unit
            return [find(one) for one in value]
        return self.places.person(value) if isinstance(field, StaffField) and value else value


__all__ = ["ClockField", "DayField", "DeedForm", "OrgTrouble", "PlaceField", "PlacesField", "StaffField"]
