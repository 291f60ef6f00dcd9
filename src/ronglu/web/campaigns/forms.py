"""The forms of campaigns: the kit fills in what it knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.standing.kit import TaskKind
from ronglu.web.fields import DayField, DeedForm, PlaceField, PlacesField, StaffField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, pack_of, said
from ronglu.work.battles import fit

BODIES = ("committee", "general", "branch", "joint", "group")
AIMS = 2


class Opened(DeedForm):
    title = forms.CharField(label=_("名称"), max_length=120)
    body = PlaceField(label=_("由谁组织"), of="body", kinds=("committee", "general", "branch", "joint"))
    bodies = PlacesField(label=_("哪些党组织参加"), of="body", kinds=("branch", "joint", "group"))
    unit = PlaceField(label=_("看哪个单位的指标"), of="unit", required=False)
    first = DayField(label=_("首日"))
    last = DayField(label=_("末日"))
    goal = forms.CharField(label=_("目标"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = pack_of(self.places.plant.code).indicators
        shown = [
            ("", _("不用")),
            *(
                (c, f"{c} {named(i)}")
                for c, i in known.items()
                if i.finest != "month" and i.direction in (Direction.UP, Direction.DOWN)
            ),
        ]
        for at in range(1, AIMS + 1):
            self.fields[f"indicator_{at}"] = forms.ChoiceField(
                label=_("目标指标 %(n)s") % {"n": at}, choices=shown, required=False
            )
            self.fields[f"aim_{at}"] = forms.CharField(
                label=_("目标值 %(n)s") % {"n": at}, max_length=20, required=False
            )

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        pairs = [(found.pop(f"indicator_{at}"), found.pop(f"aim_{at}")) for at in range(1, AIMS + 1)]
        return found | {"aims": [{"indicator": code, "aim": aim} for code, aim in pairs if code]}


class Added(DeedForm):
    kind = forms.ChoiceField(label=_("类型"))
    title = forms.CharField(label=_("任务"), max_length=120)
    body = PlaceField(label=_("由谁办"), of="body", kinds=BODIES)
    duty = forms.CharField(label=_("职责"), max_length=200, required=False)
    due_on = DayField(label=_("期限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = said((one.value, one.label) for one in TaskKind)  # type: ignore[attr-defined]


class Reported(DeedForm):
    words = Words(label=_("完成情况"), rows=3)
    people = forms.IntegerField(
        label=_("参加人数"), min_value=1, max_value=99999, required=False, help_text=_("签名、教育、演练要写；只记人数")
    )
    review = Words(label=_("演练讲评"), rows=2, required=False, help_text=_("演练要写：哪里做得不好，怎样改"))


class Checked(DeedForm):
    remark = Words(label=_("检查意见"), rows=2, required=False)


class Signed(DeedForm):
    words = Words(label=_("承诺"), rows=3)


class Told(DeedForm):
    kind = forms.ChoiceField(label=_("记什么"), choices=(("merit", _("立功")), ("note", _("现场记事"))))
    day = DayField(label=_("日期"))
    person = StaffField(label=_("谁"), required=False)
    body = PlaceField(label=_("或哪个党小组"), of="body", kinds=("group", "branch", "joint"), required=False)
    words = Words(label=_("做了什么"), rows=3)


class Judged(DeedForm):
    holds = forms.ChoiceField(
        label=_("是否属实"), choices=(("yes", _("属实")), ("no", _("不属实"))), widget=forms.RadioSelect
    )


class Aimed(DeedForm):
    indicator = forms.ChoiceField(label=_("指标"))
    unit = PlaceField(label=_("单位"), of="unit")
    aim = forms.CharField(label=_("目标值"), max_length=20, help_text=_("能累计的填全程的总数，比率填要达到的水平"))
    party = StaffField(label=_("党组织责任人"))
    line = StaffField(label=_("行政责任人"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = pack_of(self.places.plant.code).indicators
        shown = [(code, f"{code} {named(one)}（{one.unit}）") for code, one in self.known.items() if fit(one)]
        self.fields["indicator"].choices = [("", _("请选择")), *shown]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"indicator": self.known[found["indicator"]]}


class GivenUp(DeedForm):
    reason = Words(label=_("撤下的原因"), rows=2)


class Closed(DeedForm):
    report = Words(label=_("总结"), rows=8, help_text=_("对照目标写做到什么、没做到什么、以后怎样做；写结果和数据"))
