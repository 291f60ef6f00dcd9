"""Whatever order real series come in, twice, late, in another unit, from a stepped clock: nothing is lost and nothing doubled."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronglu.exchange.feeds.place import place
from ronglu.exchange.feeds.said import Said
from ronglu.exchange.feeds.tags import tags_of
from ronglu.store.models import FeedRefusal, Reading
from ronglu.store.values import calendar_of
from ronglu.work import feeds_scale, feeds_settle
from tests.cast import Cast, cast
from tests.work.fed import AT, SERIES, Fed, a_little_late, flotation, in_thousands, make_fed, steel

__all__ = ["cast"]
MONTHS = {201801: 12623829, 201802: 9149734, 201803: 8023041, 201804: 7876980, 201805: 7905928, 201806: 6540464}
"""Hundredths of a kWh, from the README of the series."""
QUARTER, NONE = dt.timedelta(minutes=15), dt.timedelta(0)
DISORDER = settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture
def fed(cast: Cast) -> Fed:
    return make_fed(cast)


def test_half_a_year_in_any_order_gives_the_published_month_totals(fed: Fed, test_data: Path) -> None:
    chance, whole = random.Random(20180630), steel(test_data)
    batches = [whole[first : first + 672] for first in range(0, len(whole), 672)]
    again = [*chance.sample(batches, 6), [in_thousands(one) for one in chance.choice(batches)]]
    late = [*batches, *again]
    chance.shuffle(late)
    for number, batch in enumerate(late):
        fed.hear(batch, raw=b"%d" % number)
    months: Counter[int] = Counter()
    for month, value in Reading.objects.filter(state="forecast").values_list("month", "value"):
        months[month] += value or 0
    assert months == MONTHS
    assert Reading.objects.count() == 17376  # nothing changed, so no slot has a second version


@given(data=st.data())
@DISORDER
def test_the_newest_revision_stands_whatever_comes_when(fed: Fed, test_data: Path, data: st.DataObject) -> None:
    """Three editions of two days of power and silica; cut, doubled, shuffled, in two units, from a clock that was stepped."""
    first = [*steel(test_data)[672:736], *flotation(test_data, 24)]
    editions = [first, *(_edition(first, number) for number in (1, 2))]
    said = [_stated(one, number) for number, edition in enumerate(editions) for one in edition]
    with transaction.atomic():
        for batch in data.draw(_torn(said)):
            fed.hear(batch, raw=repr(batch).encode())
        for series, tag, back in (("power", "meter", QUARTER), ("silica", "assay", NONE)):
            newest = {one.label: one for edition in editions for one in edition if one.tag == tag}
            wanted = {dt.datetime.fromisoformat(label) - back: _scaled(one) for label, one in newest.items()}
            assert fed.standing(series) == wanted
        transaction.set_rollback(True)


@given(data=st.data())
@DISORDER
def test_a_source_without_revisions_ends_the_same_as_one_ordered_load(
    fed: Fed, test_data: Path, data: st.DataObject
) -> None:
    said = steel(test_data)[3000:3064]
    with transaction.atomic():
        fed.hear(said)
        ordered = fed.standing()
        transaction.set_rollback(True)
    with transaction.atomic():
        for batch in data.draw(_torn(said)):
            fed.hear(batch, raw=repr(batch).encode())
        assert fed.standing() == ordered and Reading.objects.count() == len(said)
        transaction.set_rollback(True)


def _edition(said: list[Said], number: int) -> list[Said]:
    """Every third value is stated anew."""
    return [
        replace(one, text=str(Decimal(one.text) + number)) if place % 3 == number else one
        for place, one in enumerate(said)
        if place % 3 == number
    ]


def _stated(one: Said, edition: int) -> Said:
    return replace(one, revised=(dt.datetime(2026, 3, 1) + dt.timedelta(hours=edition)).isoformat())


def _scaled(one: Said) -> int:
    """Two decimals of up to eighteen: the house rounds half up."""
    return int((Decimal(one.text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@st.composite
def _torn(draw: st.DrawFn, said: list[Said]) -> list[list[Said]]:
    """Everything at least once: some twice, some in thousands, some from a stepped clock, in any order, in any pieces."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    twice = chance.sample(said, draw(st.integers(0, len(said))))
    out = [_bent(one, chance) for one in [*said, *twice]]
    chance.shuffle(out)
    cuts = sorted({0, len(out), *(chance.randrange(len(out)) for _ in range(draw(st.integers(0, 12))))})
    return [out[start:end] for start, end in pairwise(cuts)]


def _bent(one: Said, chance: random.Random) -> Said:
    if chance.random() < 0.2:
        one = in_thousands(one)
    if chance.random() < 0.2 and not one.label.endswith("00:00:00"):
        one = a_little_late(one, chance.randint(-59, 59))
    return one


def _unsaid(one: Said) -> Said:
    """In thousands of its unit, and not a word about it."""
    return replace(in_thousands(one), unit="")


def test_a_unit_that_changed_without_a_word_is_asked_about_and_nothing_of_it_is_stored(
    fed: Fed, test_data: Path
) -> None:
    """By day the meter reads 30 to 130 kWh; then somebody sets it to MWh."""
    week = steel(test_data)[672:1344]
    by_day = [one for one in week if "09:00" <= one.label[11:16] <= "17:00"]
    known, after = by_day[:64], by_day[64:96]
    fed.hear(known, raw=b"kWh")
    for number, one in enumerate(after):  # as they come: one by one
        fed.hear([_unsaid(one)], raw=b"%d" % number)
    kept = FeedRefusal.objects.filter(code="scale", state="open")
    assert Reading.objects.count() == len(known) and kept.count() == len(after)
    assert "换了计量单位" in kept.earliest("pk").why


def test_the_answer_takes_in_all_that_waited_in_the_unit_it_really_has(fed: Fed, test_data: Path) -> None:
    hours = flotation(test_data, 48)
    fed.hear(hours[:36])
    fed.hear([replace(one, text=str(Decimal(one.text) / 1000)) for one in hours[36:]], raw=b"new")
    assert FeedRefusal.objects.filter(code="scale").count() == 12
    rows = [(row, _placed(fed, row)) for row in FeedRefusal.objects.all()]
    feeds_settle.take_in_all(refusals=rows, reason="化验改报千分数", by=fed.cast.account["周统计员"], at=AT)
    assert Reading.objects.count() == 48 and not feeds_scale.waiting(fed.feed)


def test_a_false_alarm_never_rang_in_half_a_year_of_real_power(fed: Fed, test_data: Path) -> None:
    whole = steel(test_data)
    for first in range(0, len(whole), 96):
        fed.hear(whole[first : first + 96], raw=b"%d" % first)
    assert not FeedRefusal.objects.exists() and Reading.objects.count() == 17376


def _placed(fed: Fed, row: FeedRefusal) -> Any:
    said = Said(tag=row.tag, label=row.label, text=str(Decimal(row.text) * 1000))
    return place([said], tags=tags_of(fed.feed.tags, SERIES).known, series=SERIES, calendar=calendar_of(fed.feed.plant),
                 name=fed.feed.name).lots  # fmt: skip


def test_while_the_question_is_open_the_tag_waits_and_other_tags_go_on(fed: Fed, test_data: Path) -> None:
    hours = flotation(test_data, 26)
    fed.hear(hours[:24])
    fed.hear([replace(hours[24], text="0.02")], raw=b"tiny")
    fed.hear([hours[25]], raw=b"as usual")
    fed.hear(steel(test_data)[:4], raw=b"power")
    assert Reading.objects.count() == 24 + 4
    assert FeedRefusal.objects.get(text=hours[25].text[:120]).why == feeds_scale.WAITS
