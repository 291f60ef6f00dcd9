"""The forms of the organisation's deeds; the verbs say what is wrong with what was filled in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.config.plant import packs
from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.org.kinds import BRANCH, GROUP, LINE
from ronglu.store.rulebook import whole_book
from ronglu.web.fields import DayField, DeedForm, PlaceField, PlacesField, StaffField
from ronglu.web.words import named, said
from ronglu.work.party_budgets import Money, years
from ronglu.work.queries.choices import BODY_KINDS, KINDREDS, UNIT_KINDS
from ronglu.work.queries.org import role_label
from ronglu.work.queries.places import Places
from ronglu.work.roles import roles

if TYPE_CHECKING:
    from ronglu.store.models import Body, Membership
    from ronglu.web.deeds import Words

ABOVE_A_GROUP = ("committee", "general", "branch", "joint")
PARTY_POSTS = ("party_office", "discipline_office")
CODE = RegexValidator(r"^[^\s/?#&]+$", _("编码不能有空格和 / ? # &"))


AMOUNTS = ("wages_last_year", "budget", "carried_over")


def _yuan(label: "Words", help_text: "Words" = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_digits=16, decimal_places=2
    )


class OnDay(DeedForm):
    """Everything is dated: also what is put right late or arranged ahead."""

    on = DayField(label=_("自哪天起"))


class Named(OnDay):
    name = forms.CharField(label=_("名称"), max_length=80)

    field_order = ["name", "on"]


class BodyMoved(OnDay):
    parent = PlaceField(label=_("上级党组织"), of="body", kinds=ABOVE_A_GROUP, required=False, empty=_("无上级"))

    field_order = ["parent", "on"]


class BodyRekinded(OnDay):
    kind = forms.ChoiceField(label=_("类型"), choices=said(BODY_KINDS))

    field_order = ["kind", "on"]


class UnitMapped(OnDay):
    unit = PlaceField(
        label=_("对应到"),
        of="unit",
        help_text=_("党委对应厂，总支对应厂或车间，支部对应车间、产线或科室，党小组对应横大班或科室"),
    )

    field_order = ["unit", "on"]


class BodyMapped(OnDay):
    body = PlaceField(label=_("党组织"), of="body")

    field_order = ["body", "on"]


class UnitMoved(OnDay):
    parent = PlaceField(label=_("上级单位"), of="unit", required=False, empty=_("无上级"))

    field_order = ["parent", "on"]


class Elected(OnDay):
    on = DayField(label=_("选举日"))
    ends_on = DayField(label=_("任期届满日"))
    early_approval = forms.CharField(
        label=_("提前换届的上级批复"), max_length=120, required=False, help_text=_("按期换届不填")
    )


class Extended(OnDay):
    until = DayField(label=_("延期到"))
    approval = forms.CharField(label=_("上级批复"), max_length=120, help_text=_("写文号；延期最长一年"))


class Approved(OnDay):
    rule = forms.ChoiceField(label=_("哪一条规定"))
    text = forms.CharField(label=_("批复或理由"), max_length=120, required=False, help_text=_("写文号；留空即撤销"))

    field_order = ["rule", "text", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{one.id} {one.label}") for one in whole_book().rules if one.waived_by
        ]


class Budgeted(DeedForm):
    """Three amounts, all or none; the years are those that can be entered."""

    year = forms.TypedChoiceField(label=_("年份"), coerce=int)
    wages_last_year = _yuan(_("上年工资总额（元）"))
    budget = _yuan(_("本年安排（元）"))
    carried_over = _yuan(_("上年结转（元）"), help_text=_("三个数都留空即撤销这一年的登记"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(one, str(one)) for one in years(clock.today())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        given = [said.get(name) is not None for name in AMOUNTS]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("三个数要么都填，要么都留空；没有结转的填 0"))
        return said

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        money = None if said["budget"] is None else Money(**{name: said[name] for name in AMOUNTS})
        return {"year": said["year"], "money": money}


class Merged(OnDay):
    """With others of its kind."""

    others = PlacesField(label=_("与哪些党组织合并"), of="body")
    code = forms.CharField(label=_("合并后的编码"), max_length=40, validators=[CODE])
    name = forms.CharField(label=_("合并后的名称"), max_length=80)

    kinds: tuple[str, ...] = ()
    own: int = 0

    field_order = ["others", "name", "code", "on"]

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        alike = [choice for choice in places.bodies(*self.kinds) if choice[0] != self.own]
        self.fields["others"].choices = alike  # type: ignore[attr-defined]


class NewBody(OnDay):
    name = forms.CharField(label=_("名称"), max_length=80)
    code = forms.CharField(label=_("编码"), max_length=40, validators=[CODE], help_text=_("本厂内唯一，以后不改"))
    kind = forms.ChoiceField(label=_("类型"), choices=said(BODY_KINDS), initial=BRANCH)
    parent = PlaceField(label=_("上级党组织"), of="body", kinds=ABOVE_A_GROUP, required=False, empty=_("无上级"))
    kindred = forms.ChoiceField(
        label=_("类别"),
        choices=said(KINDREDS),
        help_text=_("机关和离退休支部没有产线，生产经营项不适用"),
    )
    approval = forms.CharField(label=_("上级批复"), max_length=120, required=False, help_text=_("写文号"))
    term_ends_on = DayField(label=_("任期届满日"), required=False)

    field_order = ["name", "code", "kind", "parent", "kindred", "on"]


class NewUnit(OnDay):
    name = forms.CharField(label=_("名称"), max_length=80)
    code = forms.CharField(label=_("编码"), max_length=40, validators=[CODE], help_text=_("本厂内唯一，以后不改"))
    kind = forms.ChoiceField(label=_("类型"), choices=said(UNIT_KINDS), initial=LINE)
    parent = PlaceField(label=_("上级单位"), of="unit", required=False, empty=_("无上级"))
    module = forms.ChoiceField(label=_("工艺模块"), required=False, help_text=_("产线要选，其他单位不选"))
    letter = forms.CharField(label=_("班别"), max_length=10, required=False, help_text=_("横大班要填：甲、乙、丙、丁"))

    field_order = ["name", "code", "kind", "parent", "module", "letter", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules = [(one.code, named(one)) for one in packs().modules.values()]
        self.fields["module"].choices = [("", _("无")), *modules]  # type: ignore[attr-defined]


class Appointed(OnDay):
    """`posts` is what may be held at the place of the page."""

    person = StaffField(label=_("谁"))
    role = forms.ChoiceField(label=_("职务"))
    term_ends_on = DayField(label=_("任期届满日"), required=False)
    posts: tuple[str, ...] = ()

    field_order = ["person", "role", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code, named(role_label(code))) for code in self.posts]  # type: ignore[attr-defined]


class AppointedToGroup(Appointed):
    posts = ("leader",)


class AppointedToBody(Appointed):
    posts = (*(seat for seat in SEATS if seat != "leader"), *PARTY_POSTS)


class AppointedToUnit(Appointed):
    posts = tuple(sorted(roles().posts - set(SEATS) - set(PARTY_POSTS)))


def appointed_to(kind: str) -> type[Appointed]:
    return AppointedToGroup if kind == GROUP else AppointedToBody


class Split(OnDay):
    """Two new branches; every group and every member of the old one is given to one of them."""

    first_name = forms.CharField(label=_("第一个：名称"), max_length=80)
    first_code = forms.CharField(label=_("第一个：编码"), max_length=40, validators=[CODE])
    second_name = forms.CharField(label=_("第二个：名称"), max_length=80)
    second_code = forms.CharField(label=_("第二个：编码"), max_length=40, validators=[CODE])

    groups: "tuple[tuple[Body, str], ...]" = ()
    people: "tuple[Membership, ...]" = ()

    field_order = ["first_name", "first_code", "second_name", "second_code", "on"]

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        both = [("", _("请选择")), ("first", _("第一个")), ("second", _("第二个"))]
        for body, name in self.groups:
            self.fields[f"group-{body.pk}"] = forms.ChoiceField(label=name, choices=both)
        for row in self.people:
            label = f"{row.person.name} {row.person.staff_no}"
            self.fields[f"person-{row.person_id}"] = forms.ChoiceField(label=label, choices=both)

    def rows(self) -> dict[str, Any]:
        """What the verb takes: the day, and the two parts."""
        return {"on": self.cleaned_data["on"], "into": [self._part("first"), self._part("second")]}

    def _part(self, which: str) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "code": said[f"{which}_code"],
            "name": said[f"{which}_name"],
            "groups": [body for body, _name in self.groups if said[f"group-{body.pk}"] == which],
            "members": [row.person for row in self.people if said[f"person-{row.person_id}"] == which],
        }
