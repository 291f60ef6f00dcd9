"""What the committee of a branch settles for its members: points to verify, promises to agree, figures to sign. In the order of names."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.points import PointState
from ronglu.web.access import asked, me, page, require
from ronglu.web.deeds import Deed, perform
from ronglu.web.me import forms
from ronglu.web.me.views import MARKS, _h
from ronglu.web.where import Here, here
from ronglu.work import committees, lifts, points
from ronglu.work.queries import lifts as lift_queries
from ronglu.work.queries import points as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Body, PointEntry

AGREE, VERIFY = "lifts.agree", "points.verify"
LISTED = 60


def _waits(entry: "PointEntry") -> bool:
    return entry.state == PointState.DECLARED and entry.reversal_of_id is None


DEEDS = {
    "verify": Deed(
        label=_("核实"), icon="check", form=forms.Nothing, run=lambda one, **said: points.verify(entry=one, **said), done=_("已核实，会告知本人。"),
        says=_("核对依据属实。自己的、自己登记的，由另一名委员核实。"), shown=_waits,
    ),
    "refuse": Deed(
        label=_("不予认定"), icon="x", form=forms.Why, run=lambda one, **said: points.refuse(entry=one, **said), done=_("已记下理由，本人看得到。"),
        shown=lambda one: one.state in (PointState.DECLARED, PointState.VERIFIED, PointState.TOLD) and one.reversal_of_id is None,
    ),
    "reverse": Deed(
        label=_("提出冲回"), icon="swap", form=forms.Why, run=lambda one, **said: points.reverse(entry=one, **said), done=_("已提出，由另一名委员确认。"),
        says=_("已入账的积分不删除：另记一条相反的，两条都看得到。"), shown=lambda one: one.state == PointState.ENTERED and one.reversal_of_id is None,
    ),
    "confirm": Deed(
        label=_("确认冲回"), icon="check", form=forms.Nothing, run=lambda one, **said: points.confirm_reversal(entry=one, **said), done=_("已冲回。"),
        shown=lambda one: one.state == PointState.DECLARED and one.reversal_of_id is not None,
    ),
}  # fmt: skip
PLANS = {
    "agree": Deed(
        label=_("商定"), icon="check", form=forms.Nothing, run=lambda one, **said: lifts.agree(plan=one, **said), done=_("已商定。"),
        says=_("目标做得到、看得出做没做到，就商定；以后当年不再改。"), shown=lambda one: one.state == "proposed",
    ),
    "note": Deed(
        label=_("写季度点评"), icon="comment", form=forms.Note, run=lambda one, **said: lifts.note(plan=one, **said), done=_("已写，本人看得到。"),
        says=_("哪里有长进、哪里要帮；不打分。"), shown=lambda one: one.state == "agreed",
    ),
}  # fmt: skip


@page(verb=AGREE)
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    where = here(request, AGREE)
    bodies = lift_queries.branches(me(request), plant=where.plant, on=where.on)
    body = branch_asked(request, bodies)
    places = Places(where.plant, where.on)
    rules = pack_of(where.plant.code).standing.points
    entries = queries.entries_of(body, by=me(request), on=where.on)
    seats = entries is not None
    context = {
        "body": body,
        "bodies": [(one.code, places.body_name(one.pk)) for one in bodies],
        "name": places.body_name(body.pk),
        "seats": seats,
        "waiting": _shown(queries.waiting(body, by=me(request), on=where.on)[:LISTED], rules),
        "booked": _shown(entries.exclude(state=PointState.DECLARED).order_by("person__pinyin", "-month", "-pk")[:LISTED], rules) if entries is not None else [],
        "plans": [(one, [(word, deed) for word, deed in PLANS.items() if deed.shown(one)]) for one in lift_queries.plans(body, by=me(request), on=where.on)],
        "figures": [(one, _h(one.figure_h)) for one in lift_queries.to_sign(body, by=me(request), on=where.on)],
        "dimensions": {one.code: one for one in pack_of(where.plant.code).standing.lift.dimensions},
        "here": where,
        "crumbs": [(gettext("我的"), reverse("me")), (gettext("本支部要办的"), "")],
    }  # fmt: skip
    return render(request, "me/branch.html", context)


@page(verb=VERIFY)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Several at once, each checked by itself: what cannot be verified stays, with the reason."""
    where = here(request, VERIFY)
    body = branch_asked(request, lift_queries.branches(me(request), plant=where.plant, on=where.on))
    picked = [key_of(text) for text in request.POST.getlist("pk")[:LISTED]]
    done, kept = 0, []
    for entry in queries.waiting(body, by=me(request), on=where.on).filter(pk__in=[key for key in picked if key]):
        try:
            points.verify(entry=entry, by=me(request), at=clock.now())
        except StandingTrouble as why:
            kept.append(f"{entry.person.name} {entry.label}：{why}")
        else:
            done += 1
    if done:
        messages.success(request, gettext("已核实 %(n)s 条，会告知本人。") % {"n": done})
    for line in kept or ([] if done else [gettext("没有选，或所选的已由别人办过")]):
        messages.warning(request, line)
    return redirect(reverse("me_branch") + f"?{request.GET.urlencode()}")


@page(verb=VERIFY)
def point(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    where = here(request, VERIFY)
    for body in lift_queries.branches(me(request), plant=where.plant, on=where.on):
        found = queries.entries_of(body, by=me(request), on=where.on)
        entry = found.filter(pk=pk).first() if found is not None else None
        if entry is not None:
            if deed not in DEEDS or not DEEDS[deed].shown(entry):
                raise Http404("没有这件事可办")
            return _do(request, DEEDS[deed], entry, where, title=f"{entry.person.name} · {entry.label}")
    raise Http404("没有这一条积分，或不在您的支部")


@page(verb=AGREE)
def plan(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    where = here(request, AGREE)
    for body in lift_queries.branches(me(request), plant=where.plant, on=where.on):
        for one in lift_queries.plans(body, by=me(request), on=where.on):
            if one.pk == pk and deed in PLANS and PLANS[deed].shown(one):
                return _do(request, PLANS[deed], one, where, title=f"{one.person.name} {one.year}")
    raise Http404("没有这张清单，或不归您商定")


@page(verb=VERIFY)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    where = here(request, VERIFY)
    rules = pack_of(where.plant.code).standing.lift
    for body in lift_queries.branches(me(request), plant=where.plant, on=where.on):
        row = lift_queries.to_sign(body, by=me(request), on=where.on).filter(pk=pk).first()
        if row is not None:
            deed = Deed(
                label=_("签认"), icon="check", form=forms.Nothing, done=_("已签认，从现在起算数。"),
                says=_("核对依据属实。填的人不能自己签认。"), run=lambda one, **said: lifts.sign(row=one, rules=rules, **said),
            )  # fmt: skip
            return _do(request, deed, row, where, title=f"{row.person.name} · {row.ground}")
    raise Http404("没有这一条，或不归您签认")


@page(verb=VERIFY)
def charge(request: HttpRequest) -> HttpResponse:
    """A deduction, from a finding of the office that has the power; another of the committee verifies it."""
    where = here(request, VERIFY)
    rules = pack_of(where.plant.code).standing.points

    class Form(forms.Charge):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.offer(rules, deducts=True)

    deed = Deed(
        label=_("登记扣分"), icon="minus", form=Form, done=_("已登记，由另一名委员核实。"),
        says=_("只认已经查实的结论；本人主动报告的未遂不扣。"), run=lambda _plant, **said: points.claim(rules=rules, **said),
    )  # fmt: skip
    return _do(request, deed, where.plant, where)


@page(verb=AGREE)
def figure(request: HttpRequest) -> HttpResponse:
    where = here(request, AGREE)
    deed = Deed(
        label=_("填技能考评或导师签认"), icon="edit", form=forms.Assessed, done=_("已填，由另一名委员签认后才算。"),
        says=_("其余三维由系统从记录算出，不用填。"), run=lambda _plant, **said: lifts.enter(**said),
    )  # fmt: skip
    month = f"{where.on:%Y-%m}"
    return _do(request, deed, where.plant, where, initial={"month": month})


def branch_asked(request: HttpRequest, bodies: "list[Body]") -> "Body":
    """The branch asked for; of another branch not even that there is something to see, and the attempt is written down."""
    code = asked(request, "body")
    found = next((one for one in bodies if one.code == code or not code), None)
    if found is None:
        if code and (other := committees.body_by_code(code)) is not None:
            require(request, "scores_of_persons.see", other)
        raise Http404("没有这个支部，或不归您办")
    return found


def _shown(entries: Any, rules: Any) -> list[tuple[Any, ...]]:
    listed = ((one, rules.sources[one.source], _h(one.points_h), MARKS[one.state]) for one in entries)
    return [(*row, [(word, deed) for word, deed in DEEDS.items() if deed.shown(row[0])]) for row in listed]


def _do(
    request: HttpRequest, deed: Deed, subject: Any, where: Here, *, title: str = "", initial: Any = None
) -> HttpResponse:
    back = reverse("me_branch") + where.tail
    return perform(
        request, deed, subject=subject, title=title or where.plant.name, back=back, places=Places(where.plant, where.on),
        initial=initial, crumbs=[(gettext("我的"), reverse("me")), (gettext("本支部要办的"), back), (str(deed.label), "")],
    )  # fmt: skip
