"""The form of a ruling: which appeal, which branch and item, what it is worth instead."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from ronglu.boards.sheet.read import read
from ronglu.kernel.time.period import Period
from ronglu.web.words import named
from ronglu.work import rulings
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Case, Plant


class RulingForm(forms.Form):
    """`cases` are the accepted appeals against a score, by number."""

    case = forms.ChoiceField(label=_("申诉"))
    body = forms.ChoiceField(label=_("支部"))
    item = forms.ChoiceField(label=_("考核项"))
    won = forms.DecimalField(
        label=_("改判得分"), max_digits=6, decimal_places=2, min_value=0, required=False,
        help_text=_("本项改判后的得分；不适用或撤销否决的不填"),
    )  # fmt: skip
    gone = forms.BooleanField(label=_("本期不适用（不占分母）"), required=False)
    ground = forms.CharField(label=_("依据"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, view: Any, cases: "Mapping[str, Case]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = cases
        self.fields["case"].choices = [(no, f"{no} {case.title}") for no, case in cases.items()]  # type: ignore[attr-defined]
        self.fields["body"].choices = [(one.code, one.name) for one in view.branches]  # type: ignore[attr-defined]
        items = [(one.code, f"{one.code} {named(one)}（{one.points}）") for one in view.sheet.items]
        self.fields["item"].choices = [*items, (rulings.VETO, now_("撤销当月一票否决"))]  # type: ignore[attr-defined]

    @classmethod
    def at(cls, *, scope: Scope, plant: "Plant", month: Period, data: Any = None) -> Self | None:
        """None while there is no accepted appeal, or the month was never scored."""
        cases = {case.number: case for case in rulings.accepted(plant=plant)}
        view = read(scope=scope, plant=plant, month=month) if cases else None
        return cls(data, view=view, cases=cases) if view else None

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found["gone"] = found.get("gone") or found.get("item") == rulings.VETO
        if not found["gone"] and found.get("won") is None and "won" not in self.errors:
            self.add_error("won", _("写明改判得分，或勾选“本期不适用”"))
        return found
