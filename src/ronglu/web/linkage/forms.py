"""The form of a linkage scheme: for whom, from when, by which document, with which parameters, and where each number comes from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.standing.linkage import Model
from ronglu.web.drafts.forms import MonthField, area
from ronglu.web.fields import DayField
from ronglu.web.words import named
from ronglu.work import linkages

WHOM = (("workshop_head", _("车间主任")), ("secretary", _("支部书记")), ("deputy", _("支部副书记")))
GRAINS = (("month", _("按月")), ("quarter", _("按季度")))


class SchemeForm(forms.Form):
    """`lines` are the parameters as text, one a line: `95 1.05` for a band, `base 党建基础 0.3` for a weighted line."""

    role = forms.ChoiceField(label=_("对谁联动"), choices=WHOM)
    grain = forms.ChoiceField(label=_("按月还是按季度"), choices=GRAINS)
    from_month = MonthField(label=_("起用月"))
    document = forms.CharField(label=_("文号"), max_length=60, help_text=_("写进经济责任制的那一份"))
    title = forms.CharField(label=_("文件名称"), max_length=120)
    dated_on = DayField(label=_("文件日期"))
    lines = forms.CharField(label=_("参数"), required=False, widget=area(6))

    def __init__(self, *args: Any, model: Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model
        usual = linkages.usual_sources(model)
        sources = [("", "—"), *((code, named(word)) for code, word in linkages.SOURCES.items())]
        for need in model.needs():
            self.fields[f"from.{need.code}"] = forms.ChoiceField(
                label=_("%s取自") % named(need), choices=sources, required=not need.optional, initial=usual[need.code],
            )  # fmt: skip
        if not (model.params.bands or model.params.lines):
            del self.fields["lines"]
        else:
            self.fields["lines"].initial = written(model)
            self.fields["lines"].help_text = (
                _("每行一档：分数 系数，从高到低")
                if model.params.bands
                else _("每行一条线：代号 名称 权重，权重合计为 1")
            )

    def asked(self) -> dict[str, Any]:
        """What `linkages.propose` wants."""
        data = self.cleaned_data
        sources = {name.removeprefix("from."): value for name, value in data.items() if name.startswith("from.")}
        place = next(place for place, held in linkages.PLACES.items() if data["role"] in held)
        plain = {name: data[name] for name in ("role", "grain", "from_month", "document", "title", "dated_on")}
        return {**plain, "place": place, "sources": sources, "params": params_of(self.model, data.get("lines", ""))}


def written(model: Model) -> str:
    if model.params.bands:
        return "\n".join(f"{one.at_least} {one.coefficient}" for one in model.params.bands)
    return "\n".join(f"{one.code} {one.label} {one.weight}" for one in model.params.lines)


def params_of(model: Model, text: str) -> dict[str, Any] | None:
    """The text as the kernel reads parameters; it says itself what is wrong with them."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if not rows:
        return None
    if model.params.bands:
        return {"bands": [dict(zip(("at_least", "coefficient"), row, strict=False)) for row in rows]}
    return {"lines": [dict(zip(("code", "label", "weight"), row, strict=False)) for row in rows]}
