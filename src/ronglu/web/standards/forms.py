"""The forms of the five-one standard; the verbs say what is wrong with what was filled in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import packs
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.teams.forms import Words
from ronglu.web.words import named


class Told(DeedForm):
    evidence = Words(label=_("凭什么说有"), help_text=_("在哪里、文号或版本、谁管；不需要照片"))
    until_on = DayField(label=_("有效到（不含这一天）"))


class Entered(Told):
    kind = forms.ChoiceField(label=_("哪一样"))
    on = DayField(label=_("自哪天起"))

    field_order = ["kind", "evidence", "on", "until_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = packs().base.standards.kinds
        self.fields["kind"].choices = [(code, f"{named(one)}（{one.says}）") for code, one in kinds.items()]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"kind": packs().base.standards.kinds[found["kind"]]}


class Looked(DeedForm):
    holds = forms.ChoiceField(label=_("有没有"), choices=[("yes", _("有，管用")), ("no", _("没有，或已不管用"))])
    verdict = Words(label=_("看到什么"), required=False, help_text=_("没有或不管用的必须写明"))


class LookedAgain(Looked):
    on = DayField(label=_("从哪天起没有"), help_text=_("仍然有的，这一天不起作用"))


def months_on(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for back in range(4):
        try:
            return dt.date(year, month + 1, day.day - back)
        except ValueError:
            continue
    return dt.date(year, month + 1, 28)
