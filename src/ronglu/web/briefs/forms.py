"""What is asked when a brief is made by hand, and the one text of a sentence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.brief.sentence import LONGEST
from ronglu.web.fields import DayField


class MakeForm(forms.Form):
    grain = forms.ChoiceField(label=_("日报还是月报"), choices=[("day", _("日报")), ("month", _("月报"))])
    day = DayField(label=_("哪天（月报：那个月的任一天）"))
    cause = forms.CharField(
        label=_("重做的缘由"),
        max_length=200,
        required=False,
        help_text=_("这一期已经有简报时要写，如：补报了 3 班读数"),
    )


class SentenceForm(forms.Form):
    text = forms.CharField(
        label=_("句子"), max_length=LONGEST, required=False, strip=True, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("花括号里是空格位；〔…〕里的空格位没有数时整段省去；全空就是这种情况不写。"),
    )  # fmt: skip
