"""What the organisation's pages share: their tabs, the subject behind an address, and the check after each deed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.web.access import asked, scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.where import Here, here
from ronglu.work.findings import refresh_findings
from ronglu.work.queries.org_page import body_of, unit_of

if TYPE_CHECKING:
    from ronglu.store.models import Body, Plant, Unit

T = TypeVar("T")

VERBS = {"org_findings": "sheet.see", "org_posts": "membership.see"}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "org": _("对应图"),
        "org_coverage": _("覆盖"),
        "org_findings": _("检查发现"),
        "org_rules": _("规则"),
        "org_posts": _("双向任职"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def body_here(request: HttpRequest, code: str) -> "tuple[Body, Here]":
    """The body of a code in the plants one may see, with its plant and the day asked for."""
    found = body_of(scope=scope_of_request(request), code=code, plant=asked(request, "plant"))
    return _known(found), here(request, "org.see", of=_known(found).plant)


def unit_here(request: HttpRequest, code: str) -> "tuple[Unit, Here]":
    found = unit_of(scope=scope_of_request(request), code=code, plant=asked(request, "plant"))
    return _known(found), here(request, "org.see", of=_known(found).plant)


def _known(found: T | None) -> T:
    if found is None:
        raise Http404("没有这个编码，或不在您的范围内")
    return found


def checked(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The verb on the page's subject, then the rules once more: a gap that was closed must not stay in the list."""

    def run(subject: Any, **rows: Any) -> Any:
        made = verb(**{name: subject}, **rows)
        recheck(subject if name == "plant" else subject.plant, rows)
        return made

    return run


def recheck(plant: "Plant", rows: dict[str, Any]) -> None:
    refresh_findings(plant=plant, on=rows["at"].date(), at=rows["at"], by=rows["by"])
