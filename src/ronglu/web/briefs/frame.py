"""What the pages of briefs share: which brief is meant, whether its reader may see it, and what its states are called."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.boards.brief import read
from ronglu.boards.brief.read import Figure, View
from ronglu.web.access import scope_of_request
from ronglu.web.where import Here

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Account, Brief

SEE, ISSUE, WRITE = "briefs.see", "briefs.issue", "briefs.write"
MARKS = {"made": "waiting", "issued": "good", "replaced": "superseded"}
SOURCES = {
    "indicator": gettext_lazy("指标板"), "cascade": gettext_lazy("计划分解"), "halt": gettext_lazy("停机记录"),
    "record": gettext_lazy("纪录"), "benchmark": gettext_lazy("标杆"), "case": gettext_lazy("闭环事项"),
}  # fmt: skip


def visible(request: HttpRequest) -> "QuerySet[Brief]":
    """What was issued; who issues sees what waits for it too."""
    scope = scope_of_request(request)
    plants = scope.plants(SEE).values_list("pk", flat=True)
    return read.visible(plants=list(plants), drafts=list(scope.plants(ISSUE).values_list("pk", flat=True)))


def found(request: HttpRequest, pk: int) -> View:
    row = visible(request).filter(pk=pk).first()
    if row is None:
        raise Http404("没有这份简报，或不在您的范围内")
    return View(row)


def who(account: "Account | None") -> str:
    """The clock has no name."""
    if account is None:
        return _("系统")
    return account.person.name if account.person else account.label


def crumbs(where: Here, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("看板"), reverse("board")), (_("生产简报"), reverse("briefs") + where.tail if rest else ""), *rest]


def source(one: Figure) -> str:
    """Where the number was read, in words: which board, of which period."""
    told = [str(SOURCES[one.source["table"]])]
    told += [str(one.source[name]) for name in ("indicator", "period", "dated_on") if one.source.get(name)]
    if one.source.get("until"):
        told.append(_("到 %s") % one.source["until"])
    return " ".join(told)
