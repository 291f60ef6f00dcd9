"""What is filled in about a meeting besides the sheet of the room: when and where, one line, one resolution, one vote."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import BlockKind, Guide
from ronglu.web.fields import ClockField, DayField, DeedForm, PlaceField, StaffField
from ronglu.web.words import named
from ronglu.work import guides, venues
from ronglu.work.gatherings import WEEKS

NAMED = 8
"""So many venues are named beside the place."""


class When(DeedForm):
    """`rows` turns day, clock and minutes into the span that the verbs take."""

    day = DayField(label=_("日期"))
    clock = ClockField(label=_("几点开始"))
    minutes = forms.IntegerField(label=_("开多久"), min_value=1, max_value=720, help_text=_("分钟；已按指导书填好"))
    place = forms.CharField(label=_("地点"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names := venues.names(self.places.plant)[:NAMED]:
            told = _now("写登记的场地名称就同时订下，已有预订的会说明：%s")
            self.fields["place"].help_text = told % _now("、").join(names)

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        starts_at = dt.datetime.combine(found.pop("day"), found.pop("clock"))
        return found | {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=found.pop("minutes"))}


class Arranged(When):
    """A kind is given by the address, so that the places are only those that hold it."""

    body = PlaceField(of="body", label=_("哪个党组织"))
    called_in = forms.CharField(
        label=_("休息日叫人的理由"), max_length=120, required=False, help_text=_("不在休息日叫人的不用填")
    )
    field_order = ("body", "day", "clock", "minutes", "place", "called_in")

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("body")
        if isinstance(field, PlaceField):
            field.kinds = guide.held_by
            field.offer(self.places)


class TeamArranged(When):
    """Weekly, for a team: the body is the team's own."""

    team = forms.TypedChoiceField(label=_("哪支队伍"), coerce=int)
    weeks = forms.IntegerField(
        label=_("连排几周"), min_value=1, max_value=WEEKS, initial=1, help_text=_("每周同一时间，各排一次")
    )
    field_order = ("team", "day", "clock", "minutes", "weeks", "place")

    def __init__(self, *args: Any, teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {one.pk: one for one in teams}
        self.fields["team"].choices = [(one.pk, one.name) for one in teams]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"team": self.teams[found["team"]]}


class Changed(When):
    convener = StaffField(label=_("召集人"), required=False, help_text=_("不换人的不用填"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"convener": found["convener"] or None}


class Cancelled(DeedForm):
    reason = forms.CharField(label=_("为什么没有召开"), max_length=200)


class Reopened(DeedForm):
    reason = forms.CharField(label=_("要更正什么"), max_length=200)


class Agreed(DeedForm):
    """A button that needs nothing more than a yes."""


class Added(DeedForm):
    """A line of the agenda by hand; the case by its number."""

    block = forms.ChoiceField(label=_("放在哪个环节"))
    kind = forms.ChoiceField(label=_("怎么讲"), required=False)
    title = forms.CharField(label=_("内容"), max_length=200)
    number = forms.CharField(label=_("关联的事项编号"), max_length=30, required=False, help_text=_("如 JD-2026-0012"))

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [(one.code, named(one)) for one in guide.blocks]  # type: ignore[attr-defined]
        kinds = [(one.value, named(one.label)) for one in BlockKind]
        self.fields["kind"].choices = [("", _now("按环节")), *kinds]  # type: ignore[attr-defined]


class Guest(DeedForm):
    """One of the plant by his number, or how many of an office from outside: there is no field for a name."""

    person = StaffField(label=_("本厂的人"), required=False)
    who = forms.ChoiceField(label=_("外来的：什么身份"), required=False, help_text=_("只记身份和人数，不写姓名"))
    count = forms.IntegerField(label=_("外来几人"), min_value=1, max_value=99, initial=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(code, named(one)) for code, one in guides.guests().items()]
        self.fields["who"].choices = [("", _now("没有")), *listed]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"person": found["person"] or None, "count": found["count"] or 1}


class Settled(DeedForm):
    """A resolution that is there already; its owner is one of the meeting, or somebody else by staff number."""

    text = forms.CharField(label=_("决议"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    staff = StaffField(label=_("责任人不在名单里"), required=False, help_text=_("一个人"))
    due_on = DayField(label=_("期限"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _now("请选择")), *people]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        chosen = found["owner"] and self.places.person(found["owner"])
        return found | {"owner": found.pop("staff") or chosen or None}


class Voted(DeedForm):
    """Numbers alone; a secret vote by the paper that was counted."""

    title = forms.CharField(label=_("事项"), max_length=160)
    kind = forms.ChoiceField(label=_("类型"))
    favour = forms.IntegerField(label=_("赞成"), min_value=0)
    against = forms.IntegerField(label=_("反对"), min_value=0, initial=0)
    abstained = forms.IntegerField(label=_("弃权"), min_value=0, initial=0)
    secret = forms.BooleanField(label=_("无记名"), required=False)
    discussed = forms.TypedChoiceField(
        label=_("先经哪次支委会讨论"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("重要事项先经支委会讨论"),
    )

    def __init__(self, *args: Any, guide: Guide, earlier: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("decision", _now("表决"))] if guide.votes else []
        kinds += [("election", _now("选举"))] if guide.elects else []
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.earlier = {one.pk: one for one in earlier}
        if not earlier:
            del self.fields["discussed"]
        else:
            listed = [(one.pk, f"{one.starts_at:%Y-%m-%d} {one.title}") for one in earlier]
            self.fields["discussed"].choices = [("", _now("没有")), *listed]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        key = found.pop("discussed", None)
        return found | {"discussed_in": self.earlier.get(key)}


class Brought(DeedForm):
    """The result of a secret poll that is over."""

    poll = forms.TypedChoiceField(label=_("无记名推选"), coerce=int)
    kind = forms.ChoiceField(label=_("类型"))

    def __init__(self, *args: Any, guide: Guide, polls: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.polls = {one.pk: one for one in polls}
        self.fields["poll"].choices = [(one.pk, one.title) for one in polls]  # type: ignore[attr-defined]
        kinds = [("decision", _now("表决")), *([("election", _now("选举"))] if guide.elects else [])]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        if found["poll"] not in self.polls:
            raise GatheringTrouble(_now("没有这次推选"))
        return found | {"poll": self.polls[found["poll"]]}
