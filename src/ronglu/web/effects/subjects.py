"""What a question comes from — a case, a contest, a campaign — and the questions that hang on one of these: there and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from ronglu.boards.effect import read
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, scope_of_request
from ronglu.web.cases.frame import loops_of
from ronglu.web.effects import saying
from ronglu.web.where import Here
from ronglu.work.queries import campaigns, cases, contests

if TYPE_CHECKING:
    from ronglu.store.models import Case, Contest, Effect, PartyCampaign, Plant

SEE, REGISTER = "boards.see", "effects.register"
KINDS = ("case", "contest", "campaign")


@dataclass(frozen=True, slots=True)
class Subject:
    """`key` is kept with the question: a case's number, else the row's key. `start` fills in the form of a new question."""

    kind: str
    key: str
    name: str
    title: str
    url: str
    start: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hung:
    """The questions of one subject, as its own page lists them; `new` is empty where the reader may not register."""

    rows: tuple[tuple["Effect", str, str], ...]
    new: str


def hung(request: HttpRequest, plant: "Plant", kind: str, key: object) -> Hung:
    """Those about units the reader may see; one query."""
    scope = scope_of_request(request)
    found = read.visible(plant=plant.pk, units=scope.units(SEE).filter(plant=plant))
    rows = [(row, *saying.mark_of(row)) for row in read.of_subject(found, kind=kind, subject=str(key))]
    new = f"{reverse('effect_new')}?plant={plant.code}&{kind}={key}" if scope.has(REGISTER) else ""
    return Hung(tuple(rows), new)


def named_in(request: HttpRequest) -> tuple[str, str]:
    """Kind and key of the subject in the address; both empty where none is named."""
    return next(((kind, key) for kind in KINDS if (key := asked(request, kind))), ("", ""))


def asked_for(request: HttpRequest, where: Here) -> Subject | None:
    """Of a case that is confidential nothing goes into a page that a whole line reads."""
    kind, key = named_in(request)
    if not kind:
        return None
    found = _found(request, where.plant, kind, key)
    if found is None or (kind == "case" and found.secrecy != "open") or found.plant_id != where.plant.pk:
        raise Http404("没有这件事，或不在您的范围内")
    return _subject(kind, found)


def behind(request: HttpRequest, row: "Effect") -> Subject | None:
    """What a question came from, for a reader who may open it; one query."""
    found = _found(request, row.plant, row.kind, row.subject) if row.kind in KINDS else None
    return None if found is None else _subject(row.kind, found)


def _found(request: HttpRequest, plant: "Plant", kind: str, key: str) -> Any:
    scope, pk = scope_of_request(request), key_of(key)
    if kind == "case":
        return cases.found(scope=scope, loops=loops_of(plant), plant=plant, number=key)
    if pk is None:
        return None
    return contests.contest_of(scope=scope, pk=pk) if kind == "contest" else campaigns.campaign_of(scope=scope, pk=pk)


def _subject(kind: str, found: Any) -> Subject:
    return {"case": _case, "contest": _contest, "campaign": _campaign}[kind](found)


def _case(case: "Case") -> Subject:
    """A parameter change says when it was set and how long it is watched."""
    data = case.data
    start = {
        "title": case.title, "unit": case.unit_id, "indicator": data.get("indicator", ""), "first": data.get("set_on"),
        "last": data.get("watch_until"),
    }  # fmt: skip
    return Subject("case", case.number, case.number, case.title, reverse("case", args=[case.pk]), start)


def _contest(one: "Contest") -> Subject:
    """Its window and its weightiest indicator."""
    weights = sorted(one.terms["weights"], key=lambda weight: -weight[1])
    start = {
        "title": one.title, "unit": one.unit_id, "indicator": weights[0][0] if weights else "", "first": one.first_on,
        "last": one.last_on,
    }  # fmt: skip
    return Subject("contest", str(one.pk), one.title, "", reverse("contest", args=[one.pk]), start)


def _campaign(one: "PartyCampaign") -> Subject:
    """Its days and the first of its aims."""
    start = {
        "title": one.title, "unit": one.unit_id, "indicator": one.aims[0]["indicator"] if one.aims else "",
        "first": one.first_on, "last": one.last_on,
    }  # fmt: skip
    return Subject("campaign", str(one.pk), one.title, "", reverse("campaign", args=[one.pk]), start)
