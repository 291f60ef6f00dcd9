"""The forms of contests: terms are chosen, not written; what is default is filled in and said to be."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.org.kinds import CREW, LINE
from ronglu.kernel.standing.contest import (
    APPEAL_DAYS,
    COUNTED,
    CREWS,
    IMPROVEMENT,
    LEAST_SHIFTS,
    LINES,
    Terms,
    Weight,
)
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, pack_of

ROWS, FACTORS = 4, 3
DEFAULT = _("系统默认，可修改")


class Drafted(DeedForm):
    """Up to four indicators with their weights, up to three covariates."""

    title = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(
        label=_("谁和谁比"), choices=((CREWS, _("一条产线的各横大班")), (LINES, _("一个车间或厂的各产线")))
    )
    unit = PlaceField(label=_("哪条产线（或车间、厂）"), of="unit", kinds=("line", "workshop", "plant"))
    first = DayField(label=_("首日"), help_text=_("最早明天：竞赛要在开始前由另一人宣布"))
    last = DayField(label=_("末日"))
    improvement = forms.IntegerField(label=_("进步占几成（%）"), min_value=0, max_value=50, help_text=DEFAULT)
    least = forms.IntegerField(label=_("最少出勤班数"), min_value=1, max_value=100, help_text=DEFAULT)
    appeal_days = forms.IntegerField(label=_("申诉期（天）"), min_value=1, max_value=30, help_text=DEFAULT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "improvement": int(IMPROVEMENT * 100), "least": LEAST_SHIFTS, "appeal_days": APPEAL_DAYS,
            "first": clock.today() + dt.timedelta(days=1), "kind": CREWS,
        } | dict(kwargs.get("initial") or {})  # fmt: skip
        super().__init__(*args, **kwargs)
        known = pack_of(self.places.plant.code).indicators
        scored = [("", _("不用")), *((code, f"{code} {named(one)}") for code, one in known.items() if fit(one))]
        beside = [("", _("不用")), *((code, f"{code} {named(one)}") for code, one in known.items() if readable(one))]
        later = [self.fields.pop(name) for name in ("improvement", "least", "appeal_days")]
        for at in range(1, ROWS + 1):
            self.fields[f"indicator_{at}"] = forms.ChoiceField(
                label=_("指标 %(n)s") % {"n": at}, choices=scored, required=at == 1
            )
            self.fields[f"weight_{at}"] = forms.IntegerField(
                label=_("权重 %(n)s（%%）") % {"n": at}, min_value=1, max_value=100, required=at == 1
            )
        for at in range(1, FACTORS + 1):
            self.fields[f"factor_{at}"] = forms.ChoiceField(
                label=_("校正因素 %(n)s") % {"n": at}, choices=beside, required=False,
                help_text=_("如入炉品位、炉龄：不是班组的功过，比较时扣除；班次和时段自动扣除") if at == 1 else "",
            )  # fmt: skip
        for name, one in zip(("improvement", "least", "appeal_days"), later, strict=True):
            self.fields[name] = one

    def rows(self) -> dict[str, Any]:
        found, unit = self.cleaned_data, self.places.unit(self.cleaned_data["unit"])
        weights = [
            Weight(found[f"indicator_{at}"], found[f"weight_{at}"] or 0)
            for at in range(1, ROWS + 1)
            if found[f"indicator_{at}"]
        ]
        terms = Terms(
            kind=found["kind"], teams=self._teams(found["kind"], found["unit"], found["first"]), weights=tuple(weights),
            first=found["first"], last=found["last"], improvement=Decimal(found["improvement"]) / 100,
            covariates=tuple(dict.fromkeys(c for at in range(1, FACTORS + 1) if (c := found[f"factor_{at}"]))),
            least=found["least"], appeal_days=found["appeal_days"],
        )  # fmt: skip
        return {"unit": unit, "title": found["title"], "terms": terms}

    def _teams(self, kind: str, unit: int, on: dt.date) -> tuple[int, ...]:
        """Everyone who stands there on the first day takes part: nobody is left out by a tick that was forgotten."""
        view = self.places.production.at(on)
        wanted = CREW if kind == CREWS else LINE
        below = [state for state in view.of_kind(wanted) if unit in {step.id for step in view.path(state.id)}]
        if kind == CREWS:
            below = [state for state in below if state.parent == unit]
        return tuple(sorted(int(state.id) for state in below))


def fit(one: Indicator) -> bool:
    """What adds up shift by shift and has a better side."""
    return one.rollup in COUNTED and one.finest == "shift" and one.direction in (Direction.UP, Direction.DOWN)


def readable(one: Indicator) -> bool:
    return one.finest == "shift" and not one.derived


class Reasoned(DeedForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class Caused(DeedForm):
    cause = forms.CharField(label=_("重算的缘由"), max_length=200, help_text=_("如申诉的编号，或哪天哪班的读数更正了"))


class Appealed(DeedForm):
    what = Words(label=_("理由"), rows=4)
    wish = Words(label=_("希望怎样改"), rows=2)


class Gap(DeedForm):
    """What a team wants to learn from another: an action with its person and day, found again by the word 培训."""

    unit = PlaceField(label=_("哪个班（或产线）学"), of="unit", kinds=("crew", "line"))
    what = Words(label=_("要学什么"), rows=3, help_text=_("差在哪个指标、哪一步操作，向哪个班学"))
    finish_by = DayField(label=_("完成期限"))
