"""The audit trail as the auditor reads it: narrowed by person, noun, plant, result and day."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.web.account.trail import NOUNS
from ronglu.work import audits
from tests.cast import AT, Cast, cast  # noqa: F401


def trail(client: Client, **query: str) -> list[tuple[str, str]]:
    """Verb and subject of the lines that the auditor finds."""
    return [(entry.verb, entry.subject) for entry, _noun in client.get(reverse("audit"), query).context["rows"]]


def test_the_trail_is_narrowed_by_person_noun_plant_result_and_day(cast: Cast, client: Client) -> None:
    sun, admin = cast.account["孙干事"], cast.account["系统管理员"]
    late = AT + dt.timedelta(days=1)
    audits.record(verb="bodies.rename", by=sun, at=AT, subject="转炉党支部", plant=cast.plant)
    audits.record(verb="people.leave", by=sun, at=late, subject="20101", plant=cast.plant)
    audits.record(verb="accounts.reset", by=admin, at=late, subject="30101", plant=cast.neighbour)
    audits.record(verb="membership.see", by=cast.account["李班长"], at=late, outcome="refused")
    cast.login(client, "审计员")
    assert trail(client, account="孙干") == trail(client, account="20108")
    assert trail(client, account="20108") == [("people.leave", "20101"), ("bodies.rename", "转炉党支部")]
    assert trail(client, account="系统管理") == [("accounts.reset", "30101")]
    assert trail(client, noun="bodies") == [("bodies.rename", "转炉党支部")]
    assert trail(client, noun="bodie") == []
    assert trail(client, plant="baishi") == [("accounts.reset", "30101")]
    assert trail(client, outcome="refused") == [("membership.see", "")]
    assert trail(client, until="2026-03-10") == [("bodies.rename", "转炉党支部")]
    assert len(trail(client, since="2026-03-11")) == 3
    assert "党组织" in client.get(reverse("audit"), {"noun": "bodies"}).content.decode().split("<tbody>")[1]


def test_every_noun_that_is_written_down_has_a_word() -> None:
    source = Path(audits.__file__).parent
    recorded = re.compile(r'record\(\s*verb=f?"([a-z_]+)\.')
    written = {noun for file in source.rglob("*.py") for noun in recorded.findall(file.read_text("utf-8"))}
    written |= {verb.partition(".")[0] for verb in audits.WATCHED}
    assert "bodies" in written and written - set(NOUNS) == set()


def test_the_trail_costs_as_many_queries_for_forty_lines_as_for_two(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    cast.login(client, "审计员")
    for name in cast.names[:2]:
        audits.record(verb="people.leave", by=cast.account[name], at=AT, plant=cast.plant)
    client.get(reverse("audit"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("audit"))
    for name in cast.names * 2:
        audits.record(verb="people.leave", by=cast.account[name], at=AT, plant=cast.neighbour)
    with django_assert_num_queries(len(few)):
        client.get(reverse("audit"))
