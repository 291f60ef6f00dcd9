"""What a period came to for each post-holder: computed after the close, and again beside it once an adjustment stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from ronglu.kernel.measure.rounding import to_decimal
from ronglu.kernel.org.served import Held, Served, at_bodies, last_place, served
from ronglu.kernel.org.span import Span
from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.link_models import LinkParams
from ronglu.kernel.standing.linkage import Linked, Model, link
from ronglu.kernel.time.period import Grain, Period
from ronglu.store import history
from ronglu.store.models import Account, Adjustment, LinkResult, LinkScheme, Plant
from ronglu.work import adjustments, audits, link_inputs, linkages

SAME = ("inputs", "steps", "unrounded", "value_h", "coefficient_tt", "reason", "unit_id", "body_id")
"""A computation that says all of this again is not written down again."""


@transaction.atomic
def compute(*, plant: Plant, month: Period, by: Account | None, at: dt.datetime) -> list[LinkResult]:
    """Results that are new: of the month, or of the quarter that ends with it. Empty where no scheme asks for any.

    A result that was there before stays; the new one stands beside it and says by how much it differs.
    """
    scheme = linkages.in_force(plant=plant, month=month)
    period = _period(scheme, month)
    if scheme is None or period is None:
        return []
    Plant.objects.select_for_update().get(pk=plant.pk)
    figures = link_inputs.read(scheme=scheme, period=period)
    model, params = linkages.model_of(scheme), linkages.params_of(scheme)
    changed, newest, serve = _adjusted(figures), _newest(scheme, period), _serving(scheme, figures.months)
    found = []
    for person, held in _held(scheme, period).items():
        inputs = link_inputs.gather(figures, model.needs(params), serve(held))
        linked = _linked(model, params, inputs)
        made = _result(figures, person, held, inputs, linked, newest.get(person))
        if made is not None:
            made.adjustment, made.at = changed, at
            found.append(made)
    LinkResult.objects.bulk_create(found)
    detail = {"scheme": scheme.number, "new": len(found)}
    audits.record(verb="linkage.compute", by=by, at=at, plant=plant, subject=str(period), detail=detail)
    return found


def replay(result: LinkResult) -> Linked:
    """The same inputs under the model and parameters that were approved then: must come to the same, however old."""
    scheme = result.scheme
    return link(linkages.model_of(scheme), _given(result.inputs), linkages.params_of(scheme))


def replays(result: LinkResult) -> bool:
    try:
        again = replay(result)
    except InputTrouble:
        return result.value_h is None
    return (again.value_h, again.coefficient_tt) == (result.value_h, result.coefficient_tt)


def _linked(model: Model, params: LinkParams, inputs: list[link_inputs.Part]) -> Linked | str:
    """The answer, or in words which number is out of bounds."""
    try:
        return link(model, _given(inputs), params)
    except InputTrouble as trouble:
        return str(trouble)


def _given(inputs: list[link_inputs.Part]) -> dict[str, Decimal | None]:
    return {row["code"]: None if row["value"] is None else to_decimal(row["value"]) for row in inputs}


def _result(
    figures: link_inputs.Figures, person: int, held: list[Held], inputs: list[link_inputs.Part], linked: Linked | str,
    before: LinkResult | None,
) -> LinkResult | None:  # fmt: skip
    scheme = figures.scheme
    made = LinkResult(
        scheme=scheme, person_id=person, period=str(figures.period), number=before.number + 1 if before else 1, inputs=inputs,
        closing=figures.closing,
        **{"body_id" if scheme.place == "branch" else "unit_id": last_place(held, figures.months[-1].last)},
    )  # fmt: skip
    if isinstance(linked, str):
        made.reason = linked[:300]
    else:
        made.steps = [[step.label, step.expression, step.value] for step in linked.steps]
        made.unrounded, made.reason = linked.unrounded, linked.reason[:300]
        made.value_h, made.coefficient_tt = linked.value_h, linked.coefficient_tt
    if before is None:
        return made
    if all(getattr(made, name) == getattr(before, name) for name in SAME):
        return None
    made.value_moved_h = _moved(before.value_h, made.value_h)
    made.coefficient_moved_tt = _moved(before.coefficient_tt, made.coefficient_tt)
    return made


def _moved(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else now - before


def _period(scheme: LinkScheme | None, month: Period) -> Period | None:
    if scheme is None or scheme.grain == linkages.MONTH:
        return month if scheme else None
    quarter = month.up(Grain.QUARTER)
    return quarter if quarter.down(Grain.MONTH)[-1] == month else None


def _held(scheme: LinkScheme, period: Period) -> dict[int, list[Held]]:
    """Who held the post in the period, in the order of staff numbers."""
    posts = linkages.posts_of(scheme, period.first, period.last)
    found: dict[int, list[Held]] = defaultdict(list)
    for post in posts.order_by("person__staff_no", "from_on"):
        place = post.body_id if scheme.place == "branch" else post.unit_id
        found[post.person_id].append(Held(place, Span(post.from_on, post.until_on)))
    return dict(found)


def _serving(scheme: LinkScheme, months: tuple[Period, ...]) -> Callable[[list[Held]], dict[int, Served]]:
    """Held posts → whom they answered for, by month; the organisation is read once for all of them."""
    if scheme.place == "branch":
        return lambda held: {one.yyyymm: at_bodies(first=one.first, last=one.last, held=held) for one in months}
    units, links = history.unit_tree(scheme.plant), history.links(scheme.plant)
    return lambda held: {
        one.yyyymm: served(first=one.first, last=one.last, held=held, units=units, links=links) for one in months
    }


def _newest(scheme: LinkScheme, period: Period) -> dict[int, LinkResult]:
    rows = LinkResult.objects.filter(scheme=scheme, period=str(period)).order_by("number")
    return {row.person_id: row for row in rows}


def _adjusted(figures: link_inputs.Figures) -> Adjustment | None:
    """The newest adjustment that the party side takes in."""
    if figures.closing is None:
        return None
    return figures.closing.adjustments.filter(state=adjustments.APPROVED).order_by("-number").first()
