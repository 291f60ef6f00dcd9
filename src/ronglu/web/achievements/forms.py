"""The forms of the ledger: what it was for, how it was done, where it is used, what it brought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, said
from ronglu.work import achievements
from ronglu.work.queries import achievements as queries
from ronglu.work.queries.places import Places

NOT_AWARDS = [kind for kind in achievements.KINDS if kind[0] != achievements.AWARD]


class Told(DeedForm):
    problem = Words(label=_("解决什么问题"), rows=2)
    solution = Words(label=_("怎样解决"), rows=2)
    application = Words(label=_("用在哪里"), rows=2)
    effect = Words(label=_("效果"), rows=2, help_text=_("写得出数就写数和出处；由第二人核实后才计数"))


class Recorded(Told):
    kind = forms.ChoiceField(label=_("类型"), choices=said(NOT_AWARDS))
    title = forms.CharField(label=_("名称"), max_length=120)
    body = PlaceField(label=_("哪个党组织"), of="body")
    unit = PlaceField(label=_("哪个单位"), of="unit")
    day = DayField(label=_("形成日期"))
    case_no = forms.CharField(label=_("来自哪个事项"), max_length=40, required=False, help_text=_("写事项编号"))

    field_order = ["kind", "title", "body", "unit", "day", *achievements.WORDS, "case_no"]


class Given(DeedForm):
    """Who gave what, and by which document; levels and prizes are the plant's own words."""

    level = forms.ChoiceField(label=_("级别"))
    prize = forms.ChoiceField(label=_("奖项"))
    organ = forms.CharField(label=_("授奖单位"), max_length=80)
    paper = forms.CharField(label=_("文号或证书号"), max_length=80, help_text=_("写到能找到为止"))
    team = forms.TypedChoiceField(label=_("授予哪支队伍"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.words = pack_of(places.plant.code).base.awards
        offered = {"level": self.words.levels, "prize": self.words.prizes}
        for name, listed in offered.items():
            self.fields[name].choices = [("", _("请选择")), *((one.code, named(one)) for one in listed)]  # type: ignore[attr-defined]
        standing = queries.teams(plant=places.plant, on=places.on)
        self.fields["team"].choices = [("", _("不授予队伍")), *standing]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        given = super().rows()
        team = queries.team(plant=self.places.plant, pk=given["team"]) if given["team"] else None
        return given | {"team": team, "rules": self.words}


class Awarded(Given):
    title = forms.CharField(label=_("获奖成果或集体"), max_length=120)
    body = PlaceField(label=_("哪个党组织"), of="body")
    unit = PlaceField(label=_("哪个单位"), of="unit")
    day = DayField(label=_("授奖日期"))
    case_no = forms.CharField(label=_("来自哪个事项"), max_length=40, required=False, help_text=_("写事项编号"))

    field_order = ["title", "level", "prize", "organ", "paper", "day", "body", "unit", "team", "case_no"]
