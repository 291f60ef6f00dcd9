"""The study chains of closed meetings: each line that was studied, with what hung on it, as the three musts look at it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from ronglu.kernel.gathering.guide import load
from ronglu.kernel.gathering.musts import STUDY, Musts, StudyLine, musts
from ronglu.store.models import AgendaRow, DocumentKind, GatheringState, Plant, Resolution
from ronglu.store.shipped import shipped

TOPIC = "study"
"""Where a line comes from that the study plan laid before the meeting."""
POLICY = {DocumentKind.SUPERIOR, DocumentKind.CONFERENCE, DocumentKind.RULE, DocumentKind.NOTICE}


@dataclass(frozen=True, slots=True)
class Studied:
    """`row` is the line of the agenda; `day` and `closed_on` are those of its meeting."""

    row: int
    title: str
    gathering: int
    body: int
    day: dt.date
    closed_on: dt.date
    musts: Musts


def studied(
    *, plant: Plant, first: dt.date | None = None, last: dt.date | None = None, rows: Iterable[int] | None = None
) -> list[Studied]:
    """Of meetings held on these days, or of these lines; two queries. What a make-up reads again was studied at its meeting."""
    wanted = items().filter(gathering__plant=plant, gathering__state=GatheringState.CLOSED, gathering__makeup_of=None)
    wanted = wanted if rows is None else wanted.filter(pk__in=rows)
    if first is not None and last is not None:
        begins = dt.datetime.combine(first, dt.time.min)
        ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min)
        wanted = wanted.filter(gathering__starts_at__gte=begins, gathering__starts_at__lt=ends)
    found = list(wanted.select_related("gathering", "document").order_by("gathering", "no", "pk"))
    lines = _lines({one.gathering_id for one in found})
    return [
        Studied(
            one.pk, one.title, one.gathering_id, one.gathering.body_id, one.gathering.starts_at.date(),
            one.gathering.closed_at.date() if one.gathering.closed_at else one.gathering.starts_at.date(),
            musts(_line(one), lines[one.gathering_id]),
        )
        for one in found
    ]  # fmt: skip


def items() -> QuerySet[AgendaRow]:
    """Lines that were studied: topics of a plan, and at meetings that tie study to work what somebody spoke to or decided on.

    A document that was merely read out is passed on, not studied; a line that the guide laid and nobody used is neither.
    """
    talked = AgendaRow.objects.filter(about=OuterRef("pk"))
    used = talked.filter(~Q(said="") | Q(case__isnull=False) | ~Q(indicator=""))
    decided = Resolution.objects.filter(Q(about=OuterRef("pk")) | Q(about__about=OuterRef("pk")))
    spoken = ~Q(said="") | Q(Exists(used)) | Q(Exists(decided))
    return AgendaRow.objects.filter(Q(source=TOPIC) | Q(spoken, gathering__kind__in=tied()), kind=STUDY)


@cache
def tied() -> tuple[str, ...]:
    """Kinds of meetings whose guide asks for the three musts; no plant rewords that."""
    return tuple(kind for kind, guide in load(shipped("guides.yaml")).items() if guide.ties)


def of_meeting(gathering: int) -> dict[int, Musts]:
    """The study lines of one meeting that are filled in, also while it is open: what is worth a look before it closes."""
    lines = _lines({gathering})[gathering]
    filled = ~Q(said="") | Q(document__isnull=False) | Q(source=TOPIC)
    own = AgendaRow.objects.filter(filled, gathering=gathering, kind=STUDY).select_related("document")
    return {one.pk: musts(_line(one), lines) for one in own}


def _lines(gatherings: set[int]) -> dict[int, list[StudyLine]]:
    found: dict[int, list[StudyLine]] = defaultdict(list)
    for row in AgendaRow.objects.filter(gathering__in=gatherings).select_related("document"):
        found[row.gathering_id].append(_line(row))
    for one in Resolution.objects.filter(gathering__in=gatherings):
        about = f"row:{one.about_id}" if one.about_id else ""
        found[one.gathering_id].append(
            StudyLine(id=f"resolution:{one.pk}", kind="resolution", about=about, decides=True)
        )
    return found


def _line(row: AgendaRow) -> StudyLine:
    return StudyLine(
        id=f"row:{row.pk}",
        kind=row.kind,
        about=f"row:{row.about_id}" if row.about_id else "",
        said=bool(row.said),
        work=bool(row.case_id or row.indicator),
        decides=row.case_id is not None,
        policy=row.document is not None and row.document.kind in POLICY,
    )
