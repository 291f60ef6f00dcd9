"""The form of one stop: at most five fields; the verbs say what is wrong with what was filled in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.web.fields import DeedForm
from ronglu.web.words import named
from ronglu.work.halts import Said
from ronglu.work.queries.places import Places

LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """The browser's own calendar and clock, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(widget=widget, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"], **kwargs)


class Stopped(DeedForm):
    unit = forms.TypedChoiceField(label=_("哪里停了"), coerce=int)
    reason = forms.ChoiceField(label=_("为什么"))
    starts_at = MomentField(label=_("停于"))
    ends_at = MomentField(label=_("恢复于"), required=False, help_text=_("还停着就空着，恢复了再填"))
    words = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fields["reason"].choices = [("", _("请选择")), *reasons(places.plant.code)]  # type: ignore[attr-defined]
        if "unit" in self.fields:
            self.fields["unit"].choices = self.initial.get("units", [])  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        given = self.cleaned_data
        said = Said(
            starts_at=given["starts_at"], ends_at=given["ends_at"], reason=given["reason"], words=given["words"]
        )
        rest = {name: given[name] for name in ("unit", "why") if name in given}
        return {"said": said, "book": pack_of(self.places.plant.code).base.stops, **rest}


class Corrected(Stopped):
    unit = None  # type: ignore[assignment]
    why = forms.CharField(label=_("为什么改"), max_length=120)


class Ended(DeedForm):
    ends_at = MomentField(label=_("恢复于"))


def reasons(plant: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped as in the file of the plant's pack."""
    book = pack_of(plant).base.stops
    return [(named(group), [(one.code, named(one)) for one in group.reasons]) for group in book.groups]


def minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)
