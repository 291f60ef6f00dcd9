"""Who may open the pages of linkage and of the year: a part of access_table.py."""

from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.store.models import LinkResult, LinkScheme, YearReview
from ronglu.work import link_results
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule
from tests.work.linked import MARCH, admin, closed, in_force
from tests.work.yeared import YEAR as LAST
from tests.work.yeared import compute

SEE, OFFICE, SET, APPROVE = "coefficients.see", "linkage.see", "linkage.set", "linkage.approve"


def result(cast: Cast) -> LinkResult:
    """马主任's March; the same one when asked again."""
    found = LinkResult.objects.filter(person=cast.person["马主任"], period="2026-03").first()
    if found is None:
        in_force(cast)
        closed(cast, {"QL-B1": 9200})
        admin(cast, {"QL-R": 10_500})
        found = link_results.compute(plant=cast.plant, month=MARCH, by=cast.account["孙干事"], at=AT)[0]
    return found


def _result(cast: Cast) -> dict[str, Any]:
    return {"pk": result(cast).pk}


def _scheme(cast: Cast) -> dict[str, Any]:
    result(cast)
    return {"pk": LinkScheme.objects.get(model="M1").pk}


def reviewed(cast: Cast, state: str = "publicity") -> YearReview:
    """Last year as it is told; the same one when asked again."""
    found = YearReview.objects.filter(plant=cast.plant).first()
    if found is None:
        closed(cast, {"QL-B1": 9000}, month=Period.month(LAST, 12))
        found = compute(cast)
        YearReview.objects.filter(pk=found.pk).update(state=state, publicised_at=AT)
    return found


def _year(cast: Cast, **more: str) -> dict[str, Any]:
    reviewed(cast)
    return {"year": LAST, **more}


def _branch(cast: Cast) -> dict[str, Any]:
    return _year(cast, code="QL-B1")


def _places(cast: Cast) -> dict[str, Any]:
    return _year(cast, scale="party")


YEAR: dict[str, Rule] = {
    "year": Rule("year.see"),
    "year_branch": Rule("year.see", kwargs=_branch, blind=BESIDE | {"郑师傅"}),
    "year_branch_word": Rule("year.see", kwargs=_branch, blind=BESIDE | {"郑师傅"}),
    "year_xlsx": Rule("year.see", kwargs=_year, blind=BESIDE),
    "year_word": Rule("year.see", kwargs=_year, blind=BESIDE),
    "year_compute": Rule("year.compute", ok=405),
    "year_publicise": Rule("year.compute", ok=405, kwargs=_year),
    "year_reopen": Rule("year.compute", ok=405, kwargs=_year),
    "year_publish": Rule("year.publish", ok=405, kwargs=_year),
    "year_archive": Rule("year.publish", ok=405, kwargs=_year),
    "year_quota": Rule("year.decide", kwargs=_places),
    "year_quota_confirm": Rule("year.decide", ok=405, kwargs=_places),
    "year_quota_back": Rule("year.decide", ok=405, kwargs=_places),
    "linkage": Rule(SEE),
    "linkage_why": Rule(SEE, kwargs=_result, blind={"王书记", "邻厂书记"}),
    "linkage_word": Rule(SEE, kwargs=_result, blind={"王书记", "邻厂书记"}),
    "linkage_leaders": Rule(OFFICE),
    "linkage_xlsx": Rule(OFFICE),
    "linkage_compute": Rule(SET, ok=405),
    "linkage_schemes": Rule(OFFICE),
    "linkage_new": Rule(SET),
    "linkage_approve": Rule(APPROVE, ok=405, kwargs=_scheme),
    "linkage_reject": Rule(APPROVE, ok=405, kwargs=_scheme),
}
