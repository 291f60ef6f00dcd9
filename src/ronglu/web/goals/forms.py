"""The forms of goals, and the fields that all forms of the annual plan share: a theme, one of 三抓三要, an indicator of a unit."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.goals.evidence import CaseField
from ronglu.web.goals.frame import book
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, pack_of
from ronglu.work.queries import goals, themes

BODIES = ("committee", "general", "branch", "joint", "group")


class Tagged(DeedForm):
    """With a theme and one of 三抓三要; the lists are those of the plant and the day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "grip" in self.fields:
            self.fields["grip"].choices = [(one.code, named(one)) for one in book().grips.values()]  # type: ignore[attr-defined]
        if "theme" in self.fields:
            self.themes = {
                one.pk: one for year in self.years() for one in themes.of_year(plant=self.places.plant, year=year)
            }
            self.fields["theme"].choices = [
                ("", _now("不挂主题")),
                *((str(k), one.name) for k, one in self.themes.items()),
            ]  # type: ignore[attr-defined]

    def years(self) -> list[int]:
        """This year and the next, and that of what is being changed: its theme and what it hangs under stay to be chosen."""
        due = self.initial.get("due_on")
        return sorted({self.places.on.year, self.places.on.year + 1, *([due.year] if isinstance(due, dt.date) else [])})

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        if "theme" in found:
            found["theme"] = self.themes.get(int(found["theme"])) if found["theme"] else None
        return found


class Goaled(Tagged):
    """What a goal says, whether it is new or changed."""

    title = forms.CharField(label=_("目标"), max_length=160)
    parent = forms.ChoiceField(label=_("上级目标"), required=False)
    weight = forms.IntegerField(
        label=_("占上级目标的百分之几"), min_value=1, max_value=100, required=False, help_text=_("不分权重的空着")
    )
    unit = PlaceField(label=_("看哪个单位"), of="unit", required=False)
    indicator = forms.ChoiceField(
        label=_("挂哪个指标"), required=False, help_text=_("挂上后计划和实际由记录带出，不用填进度")
    )
    grip = forms.ChoiceField(label=_("三抓三要"))
    theme = forms.ChoiceField(label=_("主题"), required=False)
    due_on = DayField(label=_("期限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {
            one.pk: one for year in self.years() for one in goals.parents(plant=self.places.plant, year=year)
        }
        shown = ((str(one.pk), f"{one.year} · {one.code} {one.title}") for one in self.parents.values())
        self.fields["parent"].choices = [("", _now("没有，这是最上层")), *shown]  # type: ignore[attr-defined]
        indicators = pack_of(self.places.plant.code).indicators
        listed = [(code, f"{code} {named(one)}（{one.unit}）") for code, one in indicators.items()]
        self.fields["indicator"].choices = [("", _now("不挂指标")), *listed]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"parent": self.parents.get(int(found["parent"])) if found["parent"] else None}


class NewGoal(Goaled):
    body = PlaceField(label=_("哪个党组织的目标"), of="body", kinds=BODIES)
    person = StaffField(label=_("党员的职责"), required=False, help_text=_("组织的目标空着"))
    code = forms.CharField(label=_("编号"), max_length=20, required=False, help_text=_("空着按上级编号往下排"))

    field_order = ("body", "title", "parent", "person")

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"person": found["person"] or None, "year": found["due_on"].year}


class Told(DeedForm):
    words = Words(label=_("结果"), rows=2, help_text=_("做到什么、没做到什么；挂了指标的，数字由系统带出"))


class Judged(DeedForm):
    verdict = forms.ChoiceField(
        label=_("核的结果"),
        choices=(("reached", _("达到")), ("missed", _("没有达到")), ("back", _("退回，再说清楚"))),
        widget=forms.RadioSelect,
    )
    reason = Words(label=_("理由"), rows=2, required=False, help_text=_("退回要写"))


class Dropped(DeedForm):
    reason = Words(label=_("理由"), rows=2)


class Meeting(DeedForm):
    """One of the meetings at hand; which they are depends on the page, so the form is made for it by `offering`."""

    held: ClassVar[Sequence[Any]] = ()
    cases: ClassVar[Any] = None
    gathering = forms.ChoiceField(label=_("哪次会"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = ((str(one.pk), f"{one.starts_at:%m-%d %H:%M} {one.title}") for one in self.held)
        empty = _now("请选择") if self.fields["gathering"].required else _now("不指会议")
        self.fields["gathering"].choices = [("", empty), *shown]  # type: ignore[attr-defined]
        if isinstance(case := self.fields.get("case"), CaseField) and self.cases is not None:
            case.offer(self.cases)

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        chosen = found["gathering"]
        return found | {"gathering": next((one for one in self.held if str(one.pk) == chosen), None)}


def offering(form: type[Meeting], held: Sequence[Any], cases: Any = None) -> type[Meeting]:
    """The form with these meetings, and these cases as evidence, to choose from."""
    return type(form.__name__, (form,), {"held": tuple(held), "cases": cases})
