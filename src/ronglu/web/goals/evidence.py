"""A case picked as evidence: typed by its number or found by words of its title in a list that the browser searches."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.work.queries.evidence import offered

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Case


class Listed(forms.TextInput):
    """A line of text with what it may be beneath it; words of the title find the number."""

    offers: list[tuple[str, str]] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = f"{name}_offers"
        line = super().render(name, value, {**(attrs or {}), "list": box}, renderer)
        options = format_html_join("", '<option value="{} {}"></option>', self.offers)
        return format_html('{}<datalist id="{}">{}</datalist>', line, box, options)


class CaseField(forms.CharField):
    """Its value is the case. `rows` are those the reader may name; whatever else is typed is not found."""

    rows: "QuerySet[Case] | None" = None

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _("依据哪件事项"),
            "help_text": _("写编号或题目里的字，从列表里选；本支部的、您看得到的都在里面"),
        }
        super().__init__(
            required=False, max_length=200, widget=Listed(attrs={"autocomplete": "off"}), **(words | kwargs)
        )

    def offer(self, rows: "QuerySet[Case]") -> None:
        self.rows = rows
        self.widget.offers = offered(rows)

    def clean(self, value: Any) -> "Case | None":
        said = super().clean(value)
        if not said or self.rows is None:
            return None
        found = self.rows.filter(number=said.split()[0]).first()
        if found is None:
            raise ValidationError(_now("没有事项“%(said)s”，或者不是本支部的；请从列表里选，或写编号") % {"said": said})
        return found
