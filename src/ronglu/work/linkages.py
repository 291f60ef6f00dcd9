"""Schemes of 党建 × 行政: proposed by one, approved by another, from a month on that nobody has closed yet; none is ever changed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.link_load import build_model, read_params
from ronglu.kernel.standing.link_models import LinkParams
from ronglu.kernel.standing.linkage import Model
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Closing, LinkScheme, LinkState, Plant, Post
from ronglu.work import audits, hands
from ronglu.work.closings import CLOSED

MONTH, QUARTER = "month", "quarter"
PLACES: Mapping[str, tuple[str, ...]] = {"workshop": ("workshop_head",), "branch": ("secretary", "deputy")}
"""Where a post is held → the roles there whose pay may be linked (S2-15)."""
POSTS: Mapping[str, str] = {"workshop_head": "车间主任", "secretary": "支部书记", "deputy": "支部副书记"}
SOURCES: Mapping[str, str] = {
    "party": "党建百分（折算）",
    "fusion": "生产融合百分（折算）",
    "admin": "导入并认可的行政绩效分",
    "quarter": "导入并认可的季度考核分",
    "democratic": "民主测评",
    "satisfaction": "满意度测评",
}
CLOSED_ONLY = frozenset({"party", "fusion"})
"""Sources that only a closed month has."""
USUAL: Mapping[str, str] = {
    "party": "party", "admin": "admin", "quarter": "quarter", "score.party": "party", "sat.party": "satisfaction",
    "score.business": "admin", "score.base": "party", "score.vitality": "democratic",
}  # fmt: skip


class LinkageProblem(StandingTrouble):
    """联动办法不能这样定，或这个月不能算。"""


@transaction.atomic
def propose(
    *, plant: Plant, model: Model, sources: Mapping[str, str], from_month: Period, grain: str, role: str, place: str,
    document: str, title: str, dated_on: dt.date, by: Account, at: dt.datetime, params: Mapping[str, Any] | None = None,
) -> LinkScheme:  # fmt: skip
    """Waits for a second person. LinkageProblem names everything that speaks against it at once."""
    Plant.objects.select_for_update().get(pk=plant.pk)  # two proposed at once must not take one number
    chosen = read_params(model, params) if params else model.params
    given = {code: source for code, source in sources.items() if source}
    problems = [*_fits(model, chosen, given, grain, place), *_whom(role, place), *_closed(plant, from_month)]
    problems += [f"请填写{what}" for what, text in (("文号", document), ("文件名称", title)) if not text.strip()]
    if problems:
        raise LinkageProblem(problems)
    made = LinkScheme.objects.create(
        plant=plant, number=(plant.link_schemes.aggregate(n=Max("number"))["n"] or 0) + 1, from_month=from_month.yyyymm,
        grain=grain, role=role, place=place, model=model.code, declaration=dict(model.declaration), params=chosen.as_data(),
        sources=given, document=document.strip(), title=title.strip(), dated_on=dated_on, proposed_by=by, proposed_at=at,
    )  # fmt: skip
    _note("propose", made, by=by, at=at, model=model.code, from_month=str(from_month))
    return made


@transaction.atomic
def approve(*, scheme: LinkScheme, by: Account, at: dt.datetime) -> LinkScheme:
    """Never by who proposed it, nor by one whose own pay it links."""
    Plant.objects.select_for_update().get(pk=scheme.plant_id)
    _refuse_own(scheme, by, at.date())
    if by.person_id and posts_of(scheme, at.date(), at.date()).filter(person=by.person_id).exists():
        raise LinkageProblem(["这个办法关系您自己的兑现，须由与它无关的人批准"])
    if problems := list(_closed(scheme.plant, Period.from_yyyymm(scheme.from_month))):
        raise LinkageProblem(problems)
    return _decide(scheme, LinkState.APPROVED, "", by, at)


@transaction.atomic
def reject(*, scheme: LinkScheme, why: str, by: Account, at: dt.datetime) -> LinkScheme:
    if not why.strip():
        raise LinkageProblem(["请写明为什么不采纳"])
    _refuse_own(scheme, by, at.date())
    return _decide(scheme, LinkState.REJECTED, why.strip()[:300], by, at)


def in_force(*, plant: Plant, month: Period) -> LinkScheme | None:
    """The approved one that began last; of two from the same month the later one."""
    found = LinkScheme.objects.filter(plant=plant, state=LinkState.APPROVED, from_month__lte=month.yyyymm)
    return found.order_by("-from_month", "-number").first()


def posts_of(scheme: LinkScheme, first: dt.date, last: dt.date) -> QuerySet[Post]:
    """The posts whose pay it links, of those held on a day of `first` to `last`."""
    posts = Post.objects.within(first, last).filter(role=scheme.role)  # type: ignore[attr-defined]
    if scheme.place == "branch":
        return posts.filter(body__plant=scheme.plant_id, body__states__kind__in=BRANCHES).distinct()
    return posts.filter(unit__plant=scheme.plant_id, unit__kind=scheme.place)


def model_of(scheme: LinkScheme) -> Model:
    """The model as it was approved, whatever the pack says today."""
    return build_model(scheme.declaration)


def params_of(scheme: LinkScheme) -> LinkParams:
    model = model_of(scheme)
    return read_params(model, scheme.params) if scheme.params else model.params


def usual_sources(model: Model, *, fusion: bool = False) -> dict[str, str]:
    """What a model usually reads; `fusion`: the plant's switch away from the imported administrative score (09-14)."""
    found = {need.code: USUAL.get(need.code, "") for need in model.needs()}
    return {code: "fusion" if fusion and source == "admin" else source for code, source in found.items()}


def _fits(
    model: Model, params: LinkParams, sources: Mapping[str, str], grain: str, place: str
) -> Iterator[str]:  # fmt: skip
    needs = {need.code: need for need in model.needs(params)}
    yield from (f"模型 {model.code} 不要“{code}”这个数" for code in sources if code not in needs)
    yield from (f"“{source}”不是取数的地方" for source in sources.values() if source not in SOURCES)
    yield from (
        f"{need.label}还没有定从哪里取" for code, need in needs.items() if code not in sources and not need.optional
    )
    used = list(sources.values())
    yield from (f"{SOURCES[one]}只能用一次，不重复计" for one in SOURCES if used.count(one) > 1)
    if {"admin", "fusion"} <= set(used):
        yield "行政一侧只能取行政绩效分或生产融合百分之一，不能两样都算"
    if grain not in (MONTH, QUARTER):
        yield "请选择按月还是按季度"
    if "quarter" in used and grain != QUARTER:
        yield "季度考核分只能按季度算"
    if "admin" in used and place == "branch":
        yield "支部没有行政绩效分，职务在支部的请取生产融合百分"


def _whom(role: str, place: str) -> Iterator[str]:
    if role not in PLACES.get(place, ()):
        yield "请选择对谁联动：车间主任，或支部书记、副书记"


def _closed(plant: Plant, month: Period) -> Iterator[str]:
    last = Closing.objects.filter(plant=plant, state=CLOSED, month__gte=month.yyyymm).order_by("-month").first()
    if last is not None:
        yield f"{Period.from_yyyymm(last.month)} 已经关账，办法最早从 {Period.from_yyyymm(last.month) + 1} 起用，不改已关账的月份"


def _refuse_own(scheme: LinkScheme, by: Account, on: dt.date) -> None:
    hands.apart(by, scheme.proposed_by, on=on, trouble=LinkageProblem, own="提请的人不能自己批准，请由另一人决定")


def _decide(scheme: LinkScheme, state: LinkState, why: str, by: Account, at: dt.datetime) -> LinkScheme:
    rows = LinkScheme.objects.filter(pk=scheme.pk, state=LinkState.PROPOSED)
    if rows.update(state=state, why=why, decided_by=by, decided_at=at) != 1:
        raise LinkageProblem(["这个办法已经有人决定过，请刷新"])
    scheme.refresh_from_db()
    _note("approve" if state == LinkState.APPROVED else "reject", scheme, by=by, at=at, why=why)
    return scheme


def _note(verb: str, scheme: LinkScheme, *, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = f"第 {scheme.number} 号 {scheme.document}"
    audits.record(verb=f"linkage.{verb}", by=by, at=at, plant=scheme.plant, subject=subject, detail=detail)
