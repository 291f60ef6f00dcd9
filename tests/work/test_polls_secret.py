"""What a vote leaves behind: counts and two marks on the roll, in whichever order and whoever chose what."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from ronglu.kernel.standing.ballot import Tick
from ronglu.store.models import Account, Person, Poll, PollVoter, Tally
from tests.cast import Cast, cast
from tests.work.polled import body_poll, people, rate, secret_poll, tick, vote

__all__ = ["cast"]
Tables = dict[str, list[tuple[Any, ...]]]
Boxes = frozenset[Tick]


def tables() -> Tables:
    """Every row of every table of the database, ours or not."""
    found: Tables = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def changed(before: Tables, after: Tables) -> set[str]:
    return {table for table in after if before[table] != after[table]}


def files() -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in Path(settings.HOME).rglob("*") if one.is_file()}


def links(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """What its rows name, directly."""
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model is not None:
            yield field.related_model  # type: ignore[misc]


def reached(model: type[models.Model]) -> set[type[models.Model]]:
    found, rest = set[type[models.Model]](), [model]
    while rest:
        for other in links(rest.pop()):
            if other not in found:
                found.add(other)
                rest.append(other)
    return found


def columns(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    return {field.column: field for field in model._meta.concrete_fields}


def test_no_chain_of_keys_leads_from_a_count_to_a_person() -> None:
    assert reached(Tally) & {Person, Account, PollVoter} == set()
    assert Poll in reached(Tally)  # the walk does walk
    assert Person in reached(PollVoter)


def test_a_count_and_a_mark_have_nothing_in_common_but_the_poll_and_the_group() -> None:
    """Both name sets of voters: what is told of them is told of five at least."""
    assert set(columns(Tally)) & set(columns(PollVoter)) == {"id", "poll_id", "part"}


def test_neither_counts_nor_marks_have_a_time_a_text_or_a_number_to_hide_one_in() -> None:
    for model in (Tally, PollVoter):
        kinds = {type(field) for field in columns(model).values()}
        assert not kinds & {
            models.DateTimeField,
            models.DateField,
            models.TimeField,
            models.JSONField,
            models.TextField,
        }
    assert set(columns(PollVoter)) == {"id", "poll_id", "person_id", "part", "state"}
    assert set(columns(Tally)) == {"id", "poll_id", "part", "subject", "question", "answer", "count"}
    assert {state for state, _label in PollVoter._meta.get_field("state").choices or ()} == {
        "waiting", "voted", "paper", "over",
    }  # fmt: skip


def two(poll: Poll, first: Account, second: Account, one: Boxes, other: Boxes) -> Callable[[], None]:
    def run() -> None:
        vote(poll, first, one)
        vote(poll, second, other)

    return run


def after(run: Callable[[], None]) -> Tables:
    """The database as `run` would leave it; nothing stays."""
    with transaction.atomic():
        run()
        found = tables()
        transaction.set_rollback(True)
    return found


def test_two_votes_change_two_marks_and_counts_and_nothing_else_anywhere(cast: Cast) -> None:
    first, second, *_rest = people(cast, 4)
    poll = body_poll(cast)
    before, stored = tables(), files()
    marks, counts = list(PollVoter.objects.order_by("pk").values()), list(Tally.objects.order_by("pk").values())
    two(poll, first, second, rate(poll, "good"), rate(poll, "poor"))()
    assert changed(before, tables()) == {"store_pollvoter", "store_tally"}
    assert files() == stored
    for old, new in zip(marks, PollVoter.objects.order_by("pk").values(), strict=True):
        voted = old["person_id"] in (first.person_id, second.person_id)
        assert new == old | ({"state": "voted"} if voted else {})
    for old, new in zip(counts, Tally.objects.order_by("pk").values(), strict=True):
        assert new == old | {"count": 1 if old["answer"] in ("good", "poor") else 0}


@pytest.mark.covers("S3-24")
@pytest.mark.parametrize("form", ["rate", "choose"])
def test_exchanging_what_two_people_chose_leaves_the_same_database(cast: Cast, form: str) -> None:
    first, second, *pool = people(cast, 6)
    poll = body_poll(cast) if form == "rate" else secret_poll(cast, pool, seats=2)
    one, other = (rate(poll, "good"), rate(poll, "poor")) if form == "rate" else (tick(1, 2), tick(3))
    left = after(two(poll, first, second, one, other))
    assert left == after(two(poll, first, second, other, one))
    assert left == after(two(poll, second, first, one, other))
    assert left != after(two(poll, first, second, one, one))  # the dump does see counts


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite 的行没有版本号 · rows of SQLite have no versions")
def test_row_versions_tell_neither_who_came_last_nor_what_was_ticked(cast: Cast) -> None:
    first, second, *_rest = people(cast, 4)
    poll = body_poll(cast)
    two(poll, first, second, rate(poll, "good"), rate(poll, "poor"))()
    with connection.cursor() as cursor:
        for table in ("store_pollvoter", "store_tally"):
            cursor.execute(f"select count(distinct (xmin::text, cmin::text)) from {table}")
            assert cursor.fetchone() == (1,), table


def test_every_vote_writes_all_counts_and_the_whole_roll(cast: Cast, django_assert_num_queries: Any) -> None:
    """The statements themselves name no single row of the counts."""
    voter, *_rest = people(cast, 4)
    poll = body_poll(cast)
    with django_assert_num_queries(9) as seen:
        vote(poll, voter, rate(poll, "good"))
    writes = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("UPDATE")]
    assert len(writes) == 3
    *_mark, whole_roll, counts = writes
    assert whole_roll.split("WHERE")[1].split() == ['"store_pollvoter"."poll_id"', "=", str(poll.pk)]
    assert counts.rsplit("WHERE", 1)[1].split() == ['"store_tally"."poll_id"', "=", str(poll.pk)]


def test_a_vote_in_the_browser_leaves_no_trace_in_session_trail_or_log(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TODAY = "2026-03-10"
    # the minute of the last click is kept for logging out idle people: here it does not move
    monkeypatch.setattr("ronglu.web.middleware.time.time", lambda: 1_773_104_400.0)
    voter, *_rest = people(cast, 4)
    poll = body_poll(cast)
    client = Client()
    client.force_login(voter, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("poll", args=[poll.pk])).status_code == 200
    before, stored, crumbs = tables(), files(), {name: one.value for name, one in client.cookies.items()}
    caplog.clear()
    with caplog.at_level(logging.INFO):
        said = {f"1-{cell.question}": cell.answer for cell in rate(poll, "poor")}
        answer = client.post(reverse("poll_cast", args=[poll.pk]), said)
    assert (answer.status_code, answer["Location"]) == (302, reverse("poll", args=[poll.pk]))
    assert changed(before, tables()) == {"store_pollvoter", "store_tally"}
    assert files() == stored
    assert {name: one.value for name, one in client.cookies.items()} == crumbs
    assert caplog.records == []
