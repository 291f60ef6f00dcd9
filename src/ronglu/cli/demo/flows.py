"""The process graph of an invented plant and what its receiving units said month by month (flows.yaml)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.config.plant import pack_of
from ronglu.kernel.named_codes import NamedCode
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Flow, Post
from ronglu.work import flows

FROM = Period.month(2025, 10)
ONE = dt.timedelta(days=1)


@cache
def told() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: Mapping[str, Any] = yaml.safe_load(files("ronglu.cli.demo").joinpath("flows.yaml").read_text("utf-8"))
    return found


def make(cast: Cast) -> None:
    """Drawn by the head of the plant; judged on the third day after each month."""
    made = cast.crowd.made
    by = cast.account(cast.at_post("plant_head")[0])
    for said in told().get(made.plan.code, ()):
        flow = flows.connect(
            source=made.unit(said["from"]), target=made.unit(said["to"]), what=said["what"], on=FROM.first, by=by,
            at=dt.datetime.combine(FROM.first, dt.time(9)),
        )  # fmt: skip
        for number, words in enumerate(said["words"]):
            _judge(cast, flow, said["to"], FROM + number, [words] if isinstance(words, str) else words)


def _marks(word: str, month: Period, aspects: Sequence[NamedCode]) -> dict[str, int]:
    """The first aspect says what the word says, the others are good; one of them moves from month to month."""
    marks = {one.code: 5 if number != month.last.month % len(aspects) else 4 for number, one in enumerate(aspects)}
    return marks | {aspects[0].code: {"satisfied": 4, "fair": 3, "unsatisfied": 2}[word]}


def _judge(cast: Cast, flow: Flow, target: str, month: Period, words: Sequence[str]) -> None:
    aspects = pack_of(flow.plant.code).base.flows.aspects
    for number, text in enumerate(one for one in words if one):
        word, _, reason = text.partition(" ")
        marks = _marks(word, month, aspects)
        at = dt.datetime.combine(month.last + (3 + number) * ONE, dt.time(15))
        by = _speaker(cast, flow, target)
        scope = cast.scope(by, at.date())
        flows.judge(flow=flow, month=month, marks=marks, aspects=aspects, reason=reason, by=by, at=at, scope=scope)


def _speaker(cast: Cast, flow: Flow, target: str) -> Account:
    """The head of the receiving workshop; of a laboratory the secretary of the branch that stands on it."""
    lines = {line.code: shop.code for shop in cast.crowd.made.plan.workshops for line in shop.lines}
    if heads := cast.at_post("workshop_head", lines.get(target, target)):
        return cast.account(heads[0])
    seats = Post.objects.filter(role="secretary", body__mappings__unit=flow.target).select_related("person")
    return cast.account(seats[0].person)
