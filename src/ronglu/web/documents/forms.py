"""What is filled in about a document: what stands on the paper, and whom it concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.documents.frame import lists
from ronglu.web.fields import DayField, DeedForm, PlacesField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, said

BODIES = ("general", "branch", "joint")
KINDS = (("superior", "上级文件"), ("conference", "会议精神"), ("rule", "规章制度"), ("study", "学习资料"))
"""What is registered; a policy is announced."""


class Tagged(DeedForm):
    """With the theme tags of the plant."""

    themes = forms.MultipleChoiceField(label=_("主题"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists(self.places.plant)
        self.fields["themes"].choices = [(code, named(one)) for code, one in self.lists.themes.items()]  # type: ignore[attr-defined]


class Aimed(DeedForm):
    """Which bodies pass it on, and whom it concerns there."""

    bodies = PlacesField(label=_("由哪些党组织传达"), of="body", kinds=BODIES)
    audience = forms.ChoiceField(label=_("传达到谁"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists(self.places.plant)
        self.fields["audience"].choices = [(code, named(one)) for code, one in self.lists.audiences.items()]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"audience": self.lists.audiences[found["audience"]]}


class Registered(Tagged):
    kind = forms.ChoiceField(label=_("类型"), choices=said(KINDS))
    title = forms.CharField(label=_("标题"), max_length=160)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("发文单位"), max_length=80, required=False)
    issued_on = DayField(label=_("发文日期"), required=False)
    arrived_on = DayField(label=_("到厂日期"), required=False)
    gist = Words(label=_("要点"), rows=4, required=False, help_text=_("开会传达时带到议程上，不用再抄"))

    field_order = ("kind", "title", "number", "issuer", "issued_on", "arrived_on", "gist", "themes")


class Described(Tagged):
    gist = Words(label=_("要点"), rows=4, required=False)


class Revised(DeedForm):
    version = forms.CharField(label=_("版本"), max_length=20)
    from_on = DayField(label=_("自哪天施行"))
    revised = forms.CharField(label=_("修订了什么"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 8}))


class Reason(DeedForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class Announced(Aimed, Tagged):
    title = forms.CharField(label=_("政策名称"), max_length=160)
    gist = Words(label=_("要点"), rows=4, help_text=_("改什么、为什么改、对谁有影响"))
    effective_on = DayField(label=_("施行日期"), help_text=_("在今天以后；施行前各党组织讲到职工"))
    number = forms.CharField(label=_("文号"), max_length=60, required=False)

    field_order = ("title", "gist", "effective_on", "bodies", "audience", "number", "themes")


class Postponed(DeedForm):
    effective_on = DayField(label=_("推迟到哪天施行"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class Asked(DeedForm):
    question = forms.CharField(label=_("问题"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class Answered(DeedForm):
    text = forms.CharField(label=_("答复"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class Told(DeedForm):
    day = DayField(label=_("哪天传达的"))
    occasion = forms.CharField(
        label=_("在什么场合"), max_length=80, help_text=_("如：甲班班前会；在会上传达的不用登记")
    )
    people = forms.IntegerField(
        label=_("传达到多少人"), min_value=1, max_value=99999, help_text=_("只记人数，不记姓名")
    )


class Decided(DeedForm):
    holds = forms.ChoiceField(
        label=_("理由是否成立"), choices=(("yes", _("成立")), ("no", _("不成立"))), widget=forms.RadioSelect
    )
    remark = forms.CharField(label=_("意见"), max_length=200, required=False, help_text=_("不成立要写明原因"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"holds": found["holds"] == "yes"}


class Worded(DeedForm):
    words = forms.CharField(label=_("本厂叫法"), max_length=40, required=False)
