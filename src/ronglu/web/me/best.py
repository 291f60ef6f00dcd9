"""评优秀党员 of a branch's year: its committee puts members forward, each with a reason, within the places there are."""

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ronglu.boards.year.read import places_of
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import NumberError, to_decimal
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.me.branch import branch_asked
from ronglu.web.where import Here, here, year_asked
from ronglu.web.year.frame import tried
from ronglu.work import quotas
from ronglu.work.queries import nominations as queries
from ronglu.work.queries.places import Places
from ronglu.work.quotas import QuotaProblem

if TYPE_CHECKING:
    from ronglu.work.queries.nominations import Candidate, Nomination

VERB = "quotas.nominate"
HUNDRED = 100


@page(verb=VERB)
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    where, view, tail = _asked(request)
    errors: list[str] = []
    if request.method == "POST":
        try:
            _put_forward(request, view)
        except QuotaProblem as trouble:
            errors = str(trouble).splitlines()
        else:
            return redirect(reverse("me_best") + tail)
    places, years = Places(where.plant, where.on), (where.on.year, where.on.year - 1)
    context = {
        "view": view, "errors": errors, "here": where, "tail": tail, "name": places.body_name(view.body.pk),
        "rows": [(one, _typed(request, one)) for one in view.candidates],
        "exact": _exact(view), "years": [(str(one), _("%d 年") % one) for one in sorted({*years, view.year}, reverse=True)],
        "bodies": [(one.code, places.body_name(one.pk)) for one in _branches(request, where)],
        "list": places_of(scope=scope_of_request(request), row=view.row, code="members", name="") if view.row else None,
        "crumbs": [(_("我的"), reverse("me")), (_("本支部要办的"), reverse("me_branch") + f"?body={view.body.code}"), (_("评优秀党员"), "")],
    }  # fmt: skip
    return render(request, "me/best.html", context, status=422 if errors else 200)


@page(verb=VERB)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    deed: dict[str, Any] = {"chosen": request.POST.getlist("chosen"), "ground": request.POST.get("ground", "")}
    return _done(
        request,
        lambda row, **said: quotas.decide(quota=row, **deed, **said),
        _("已录入，请另一名委员对照会议记录确认。"),
    )


@page(verb=VERB)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    return _done(request, lambda row, **said: quotas.confirm(quota=row, **said), _("名额已定。"))


@page(verb=VERB)
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    return _done(request, lambda row, **said: quotas.send_back(quota=row, **said), _("已退回，请重新录入决定。"))


def _asked(request: HttpRequest) -> "tuple[Here, Nomination, str]":
    """Of another branch not even that it has a list."""
    where = here(request, VERB)
    body = branch_asked(request, _branches(request, where))
    year = year_asked(request, where)
    rules = pack_of(where.plant.code).standing.year
    view = queries.of_branch(body, year=year, quota=rules.member_quota, by=me(request), on=where.on)
    plant = f"&plant={where.plant.code}" if len(where.plants) > 1 else ""
    return where, view, f"?body={body.code}&year={year}{plant}"


def _branches(request: HttpRequest, where: Here) -> Any:
    return queries.branches(me(request), plant=where.plant, on=where.on)


def _put_forward(request: HttpRequest, view: "Nomination") -> None:
    """Whom the boxes name, with score and reason; what can't be read is told by name."""
    if view.stake:
        raise QuotaProblem([_("提名里有您本人，请由另一名委员改")])
    named = [one.person for one in view.candidates if str(one.person.pk) in request.POST.getlist("put")]
    if not named:
        raise QuotaProblem([_("一个人也没有提名")])
    problems, people = [], []
    for person in named:
        try:
            people.append((person, _score(request.POST.get(f"score-{person.pk}", ""))))
        except NumberError:
            problems.append(_("%s：民主评议得分填 0 到 100 的数，最多两位小数") % person.name)
    if problems:
        raise QuotaProblem(problems)
    quotas.nominate(
        body=view.body, year=view.year, people=people, quota=view.quota, by=me(request), at=clock.now(),
        reasons={one.pk: request.POST.get(f"reason-{one.pk}", "") for one in named},
    )  # fmt: skip


def _score(text: str) -> int:
    """In hundredths."""
    hundredths = to_decimal(text) * HUNDRED
    if hundredths != int(hundredths) or not 0 <= hundredths <= HUNDRED * HUNDRED:
        raise NumberError(text)
    return int(hundredths)


def _typed(request: HttpRequest, one: "Candidate") -> tuple[bool, Any, str]:
    """What stands in the boxes: as it was sent, else as the list has it."""
    if request.method != "POST":
        return one.put, one.score, one.reason
    pk = one.person.pk
    sent = request.POST.get
    return str(pk) in request.POST.getlist("put"), sent(f"score-{pk}", ""), sent(f"reason-{pk}", "")


def _exact(view: "Nomination") -> Decimal:
    """The product before it is cut to whole persons."""
    exact = Decimal(view.rated * view.quota.numerator) / view.quota.denominator
    return exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def _done(request: HttpRequest, deed: Any, said: str) -> HttpResponse:
    _where, view, tail = _asked(request)
    row = view.row
    if row is None:
        raise Http404("这一年还没有提名")
    tried(request, lambda: deed(row, by=me(request), at=clock.now()), said)
    return redirect(reverse("me_best") + tail)
