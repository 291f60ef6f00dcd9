"""The form of one sheet: a field an element, typed with the number pad of a phone; the verbs say what is wrong with a value."""

import datetime as dt
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.grading import LimitTable
from ronglu.web.fields import DeedForm, PlaceField
from ronglu.web.halts.forms import MomentField
from ronglu.work.assays import KINDS, LONGEST, Said

VALUE = "v-"


class Sheet(DeedForm):
    """`table` is set by `form_of`, which adds a field for each of its elements."""

    table: LimitTable

    sampled_at = MomentField(label=_("取样时间"))
    weight = forms.CharField(label=_("批重（t）"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for element in self.table.elements:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            self.fields[VALUE + element] = forms.CharField(label=element, max_length=20, required=False, widget=widget)
        self.fields["weight"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    @property
    def heads(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(VALUE)]

    @property
    def elements(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(VALUE)]

    def rows(self) -> dict[str, Any]:
        given = super().rows()
        values = {name.removeprefix(VALUE): text for name, text in given.items() if name.startswith(VALUE)}
        said = Said(standard=self.table.code, sampled_at=given["sampled_at"], values=values, weight=given["weight"])
        rest = {name: given[name] for name in ("unit", "lot", "why") if name in given}
        return {"said": said, "book": pack_of(self.places.plant.code).base.grades, **rest}


class New(Sheet):
    unit = PlaceField(label=_("哪条产线"), of="unit", kinds=tuple(one.value for one in KINDS))
    lot = forms.CharField(label=_("批号"), max_length=LONGEST)

    field_order = ["unit", "lot", "sampled_at", "weight"]


class Corrected(Sheet):
    why = forms.CharField(label=_("为什么更正"), max_length=200)

    field_order = ["why", "sampled_at", "weight"]


class Compared(DeedForm):
    holds = forms.ChoiceField(
        label=_("和化验室的单子一样吗"), choices=[("yes", _("一样")), ("no", _("不一样"))], widget=forms.RadioSelect
    )
    said = forms.CharField(label=_("哪里不一样"), max_length=200, required=False)

    def rows(self) -> dict[str, Any]:
        given = super().rows()
        book = pack_of(self.places.plant.code).base.grades
        return {"holds": given["holds"] == "yes", "said": given["said"], "book": book}


@cache
def form_of(kind: type[Sheet], table: LimitTable) -> type[Sheet]:
    return type(kind.__name__, (kind,), {"table": table})


def told(values: dict[str, str], sampled_at: dt.datetime, weight: str) -> dict[str, Any]:
    """A sheet as the form begins with it."""
    return {VALUE + element: text for element, text in values.items()} | {"sampled_at": sampled_at, "weight": weight}
