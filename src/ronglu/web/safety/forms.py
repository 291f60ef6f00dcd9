"""The forms of bulletins and risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Period
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.teams.forms import Words
from ronglu.web.words import said
from ronglu.work.queries import bulletins, case_ground, risks


class Proposed(DeedForm):
    unit = PlaceField(label=_("通报哪里"), of="unit", kinds=("plant", "workshop"))
    period = forms.CharField(
        label=_("期间"), max_length=7, help_text=_("月写 2026-03，季写 2026-Q1，年写 2026；还没有过完的统计到今天")
    )

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"].strip())
        except TimeTrouble as trouble:
            raise forms.ValidationError(_("期间应写成 2026-03、2026-Q1 或 2026 的样子")) from trouble


class Published(DeedForm):
    place = forms.ChoiceField(label=_("在哪里通报"), choices=[])
    announced_on = DayField(label=_("通报日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = said(bulletins.PLACES)  # type: ignore[attr-defined]


class Reasoned(DeedForm):
    reason = Words(label=_("理由"), rows=2)


class Listed(DeedForm):
    unit = PlaceField(label=_("单位"), of="unit", kinds=("plant", "workshop", "line", "step"))
    zone = forms.ChoiceField(label=_("责任区"), required=False)
    activity = forms.CharField(label=_("作业活动或设备"), max_length=80)
    what = forms.CharField(label=_("风险"), max_length=200, help_text=_("会出什么事"))
    grade = forms.ChoiceField(label=_("等级"), required=False)
    controls = Words(label=_("管控措施"), rows=4, help_text=_("一行一条；字句不变的编号也不变"))
    post = forms.CharField(label=_("责任岗位"), max_length=40, help_text=_("写岗位，不写姓名"))
    reviewed_on = DayField(label=_("评估日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = case_ground.zones(self.places.plant, self.places.on)
        self.fields["zone"].choices = [("", _("不限责任区")), *((str(pk), name) for pk, name in zones)]  # type: ignore[attr-defined]
        self.fields["grade"].choices = [("", _("还没有评")), *said(risks.GRADES)()]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        zone = found.pop("zone")
        return found | {
            "zone": case_ground.zone(int(zone)) if zone else None,
            "controls": found["controls"].splitlines(),
        }
