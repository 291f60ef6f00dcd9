"""Study as fact rows: topics that ended in a decision or a case (A2), links of the three musts that are missing (A3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from ronglu.kernel.gathering.musts import DISCUSSED, GROUNDED, TIED, WORDS
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import GatheringState, Plant, StudyPlanState, StudyTopic
from ronglu.store.studied import items, studied

Row = dict[str, Any]
TOPIC, LINK = "study_topic", "study_link"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Topics of issued plans in the month of their day; links in the month of the meeting. Hours are nowhere."""
    homes = Homes.of(plant)
    return [*_topics(plant, month, homes), *_links(plant, month, homes)]


def begun(plant: Plant, last: dt.date) -> set[str]:
    """Topics once a plan is issued, links once something was studied at a meeting that was closed."""
    issued = StudyTopic.objects.filter(plan__plant=plant, plan__state=StudyPlanState.ISSUED, due_on__lte=last)
    after = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min)
    closed = items().filter(gathering__plant=plant, gathering__state=GatheringState.CLOSED)
    linked = closed.filter(gathering__starts_at__lt=after)
    return {fact for fact, rows in ((TOPIC, issued), (LINK, linked)) if rows.exists()}


def _topics(plant: Plant, month: Period, homes: Homes) -> Iterator[Row]:
    due = StudyTopic.objects.filter(plan__plant=plant, plan__state=StudyPlanState.ISSUED, state="planned")
    found = list(due.filter(due_on__range=(month.first, month.last)).select_related("plan").order_by("pk"))
    ends = {one.row: one for one in studied(plant=plant, rows={one.row_id for one in found if one.row_id})}
    for topic in found:
        end = ends.get(topic.row_id or 0)
        kept = end is not None and end.musts.decided and end.closed_on <= topic.due_on
        yield _row(
            TOPIC, "A2", homes.of_body(topic.plan.body_id, topic.due_on), kept=kept, num=int(kept), key="",
            record=str(topic.pk), label=topic.title, day=topic.due_on, done=end.closed_on if end and kept else None,
        )  # fmt: skip


def _links(plant: Plant, month: Period, homes: Homes) -> Iterator[Row]:
    for one in studied(plant=plant, first=month.first, last=month.last):
        branch = homes.of_body(one.body, one.day)
        for must in (DISCUSSED, TIED, GROUNDED):
            kept = must not in one.musts.missing
            words = one.title if kept else f"{one.title}：{WORDS[must]}"
            yield _row(
                LINK, "A3", branch, kept=kept, num=int(not kept), key="missed", record=f"{one.row}:{must}", label=words,
                day=one.day, done=None,
            )  # fmt: skip


def _row(
    fact: str,
    item: str,
    branch: int | None,
    *,
    kept: bool,
    num: int,
    key: str,
    record: str,
    label: str,
    day: Any,
    done: Any,
) -> Row:
    return {
        "fact": fact, "branch": branch, "item": item, "type": "study", "state": "kept" if kept else "broken", "part": "",
        "key": key, "record": record, "no": 0, "label": label[:200], "num": num, "den": 1, "day": day, "done": done,
        "raised_on": day, "shift_no": None,
    }  # fmt: skip
