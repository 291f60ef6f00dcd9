"""What the records lay before a meeting, line by line, so that nobody types it: computed anew until the meeting is opened."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from ronglu.kernel.gathering.guide import Block, Guide
from ronglu.kernel.loops.loop import RUNNING, Loop
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import (
    AgendaRow,
    Case,
    Document,
    Gathering,
    KeyWork,
    Resolution,
    Unit,
    UnitState,
)
from ronglu.store.models import Mapping as MappingRow
from ronglu.work.queries.relays import waiting_documents

MOST = 3
"""Lines of one sort: a meeting of three quarters of an hour gets through no more, and a phone shows no more."""
VOICES = ("idea", "problem", "request")
RELAYED = ("superior", "conference", "notice")
FRESH = dt.timedelta(days=60)
"""How long a document waits to be relayed before it is no longer laid before a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One indicator of a unit as its board has it: words for 进度 and 差距. Whoever reads boards hands it in."""

    unit: int
    indicator: str
    name: str
    period: str
    progress: str
    gap: str
    behind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the agenda before it is written down; `note` is what stands beside it on the page."""

    block: str
    kind: str
    title: str
    source: str = ""
    case: int | None = None
    document: int | None = None
    unit: int | None = None
    indicator: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def row(self, gathering: Gathering, *, about: AgendaRow | None = None) -> AgendaRow:
        return AgendaRow(
            gathering=gathering, no=0, block=self.block, kind=self.kind, title=self.title[:200], source=self.source,
            case_id=self.case, document_id=self.document, unit_id=self.unit, indicator=self.indicator,
            figures={**self.figures, **({"note": self.note} if self.note else {})}, about=about,
        )  # fmt: skip


def lines(
    gathering: Gathering, *, guide: Guide, loops: Mapping[str, Loop], figures: Sequence[Figure] = ()
) -> list[Line]:
    """In the order of the guide; a make-up repeats what its meeting dealt with. At most eight queries, however much there is."""
    if gathering.makeup_of is not None and (again := _again(gathering.makeup_of, guide)):
        return again
    found: list[Line] = []
    for block in guide.blocks:
        for fill in block.fill:
            found += FILLED[fill](gathering, block, loops, figures)
    return found


def _again(first: Gathering, guide: Guide) -> list[Line]:
    """The agenda of the meeting itself, without lines that nobody but the guide had laid; nothing where it was not opened."""
    own = {block.label for block in guide.blocks}
    return [
        Line(
            block=row.block, kind=row.kind, title=row.title, source=row.source, case=row.case_id, document=row.document_id,
            unit=row.unit_id, indicator=row.indicator, note=str(row.figures.get("note", "")),
            figures={name: value for name, value in row.figures.items() if name != "note"},
        )
        for row in first.agenda.order_by("no", "pk") if row.source or row.title not in own
    ]  # fmt: skip


def units_of(gathering: Gathering) -> list[Unit]:
    """The units that the body stands on that day (支部↔产线, 党小组↔横大班)."""
    day = gathering.starts_at.date()
    rows = MappingRow.objects.on(day).filter(body=gathering.body_id).select_related("unit").order_by("pk")
    return [row.unit for row in rows]


def lines_of(gathering: Gathering) -> list[int]:
    """Those units and what stands right above a crew: a group's figures are its crew's and its line's."""
    units, day = units_of(gathering), gathering.starts_at.date()
    crews = [unit.pk for unit in units if unit.kind == "crew"]
    above = UnitState.objects.on(day).filter(unit__in=crews, parent__isnull=False).values_list("parent_id", flat=True)
    return list(dict.fromkeys([*(unit.pk for unit in units), *above]))


def above(gathering: Gathering, units: Sequence[int]) -> list[int]:
    """What these units belong to, the nearest first."""
    view = unit_tree(gathering.plant).at(gathering.starts_at.date())
    found = (int(state.id) for unit in units if unit in view for state in reversed(view.path(unit)))
    return [one for one in dict.fromkeys(found) if one not in units]


def _actions(
    gathering: Gathering, block: Block, loops: Mapping[str, Loop], figures: Sequence[Figure]
) -> Iterator[Line]:
    """Cases of earlier resolutions of the same body or team that are still running, the oldest deadline first."""
    rows = Resolution.objects.filter(
        gathering__body=gathering.body_id, gathering__team=gathering.team_id, gathering__state="closed",
        gathering__starts_at__lt=gathering.starts_at, case__phase__in=RUNNING,
    ).select_related("case", "owner")  # fmt: skip
    for row in rows.order_by("due_on", "pk")[:MOST]:
        who = row.owner.name if row.owner else ""
        yield Line(
            block=block.code, kind=block.kind, title=row.text, source="resolution", case=row.case_id,
            note=f"{row.case.number if row.case else ''} {who} {row.due_on}",
        )  # fmt: skip


def _voices(gathering: Gathering, block: Block, loops: Mapping[str, Loop], figures: Sequence[Figure]) -> Iterator[Line]:
    """Ideas, problems and requests at the body's places that nobody hid and nobody settled; who raised them is not told."""
    units = [unit.pk for unit in units_of(gathering)]
    rows = Case.objects.filter(
        plant=gathering.plant_id, loop__in=[one for one in VOICES if one in loops], phase__in=RUNNING
    )
    rows = (rows.filter(unit__in=units) | rows.filter(body=gathering.body_id)).filter(secrecy="open")
    for row in rows.order_by("due_at", "pk")[:MOST]:
        state = loops[row.loop].state(row.state).label
        yield Line(
            block=block.code, kind=block.kind, title=row.title, source="case", case=row.pk,
            note=f"{loops[row.loop].label} {row.number} {state}",
        )  # fmt: skip


def _documents(
    gathering: Gathering, block: Block, loops: Mapping[str, Loop], figures: Sequence[Figure]
) -> Iterator[Line]:
    """What this body or its branch was asked to pass on, the most urgent first, then the documents of the last two months.

    None that a meeting of the body has dealt with, or that was put on this agenda before.
    """
    day = gathering.starts_at.date()
    dealt = Q(gathering__body=gathering.body_id, gathering__state="closed") | Q(gathering=gathering.pk)
    done = AgendaRow.objects.filter(dealt, document__isnull=False).values("document")
    above = [int(one.id) for one in party_tree(gathering.plant).at(day).path(gathering.body_id)]
    owed = waiting_documents(plant=gathering.plant, bodies=above, on=day)
    fresh = Q(kind__in=RELAYED, issued_on__gt=day - FRESH, issued_on__lte=day)
    rows = Document.objects.filter(
        fresh | Q(pk__in=owed), plant=gathering.plant_id, state="valid", at__lte=gathering.ends_at
    )
    urgent = {key: place for place, key in enumerate(owed)}
    for row in sorted(rows.exclude(pk__in=done), key=lambda one: urgent.get(one.pk, len(owed)))[:MOST]:
        yield Line(
            block=block.code, kind=block.kind, title=row.title, source="document", document=row.pk,
            note=" ".join(word for word in (row.number, row.gist[:80]) if word),
        )  # fmt: skip


def _key_works(
    gathering: Gathering, block: Block, loops: Mapping[str, Loop], figures: Sequence[Figure]
) -> Iterator[Line]:
    rows = KeyWork.objects.on(gathering.starts_at.date()).filter(unit__in=lines_of(gathering)).select_related("owner")
    for row in rows.order_by("name", "pk")[:MOST]:
        yield Line(
            block=block.code, kind=block.kind, title=row.name, source="key_work", unit=row.unit_id,
            note=row.owner.name if row.owner else "没有责任人",
        )  # fmt: skip


def _figures(
    gathering: Gathering, block: Block, loops: Mapping[str, Loop], figures: Sequence[Figure]
) -> Iterator[Line]:
    """Those behind their plan first."""
    for one in sorted(figures, key=lambda one: not one.behind)[:MOST]:
        yield Line(
            block=block.code, kind=block.kind, title=one.name, source="indicator", unit=one.unit, indicator=one.indicator,
            figures={"period": one.period, "progress": one.progress, "gap": one.gap} | ({"behind": "1"} if one.behind else {}),
        )  # fmt: skip


FILLED = {
    "actions": _actions,
    "figures": _figures,
    "voices": _voices,
    "documents": _documents,
    "key_works": _key_works,
}


def shown(found: Iterable[Line], guide: Guide) -> list[tuple[Block, list[Line]]]:
    """Block by block, for the page before the meeting."""
    listed = list(found)
    return [(block, [line for line in listed if line.block == block.code]) for block in guide.blocks]
