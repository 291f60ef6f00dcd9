"""What is asked in the ledger: a claim by one of the registered measures, and the shares."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PAPERS = (("decision", _("组织决定（写文号或日期）")), ("meeting", _("会议（写日期和名称）")))


class ClaimForm(forms.Form):
    """`did` is a paper with its number, or one of the branch's own teams and zones."""

    body = forms.ChoiceField(label=_("哪个支部"))
    measure = forms.ChoiceField(label=_("凭哪项举措"), help_text=_("只列改善开始之前登记的"))
    asked = forms.IntegerField(label=_("申报份额（%）"), min_value=1, max_value=100)
    did = forms.ChoiceField(label=_("党组织做了什么"))
    paper = forms.CharField(label=_("文号或日期"), max_length=80, required=False)
    statement = forms.CharField(
        label=_("贡献说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写组织怎样推动的，不写个人的本职工作"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[tuple[int, str]],
        measures: Sequence[tuple[int, str]],
        records: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["measure"].choices = list(measures)  # type: ignore[attr-defined]
        self.fields["did"].choices = [*PAPERS, *records]  # type: ignore[attr-defined]

    def grounds(self) -> tuple[str, str]:
        """Kind and record."""
        did = self.cleaned_data["did"]
        kind = did.partition(":")[0]
        return kind, did if ":" in did else self.cleaned_data["paper"]
