"""What is laid before a meeting from the records: a document to pass on, a topic to study, as a line of its agenda."""

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.gathering.guide import BlockKind
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.history import party_tree
from ronglu.store.models import AgendaRow, Body, Document, Gathering, GatheringState
from ronglu.work import guides

AHEAD = (GatheringState.PLANNED, GatheringState.CALLED, GatheringState.OPEN)
DOCUMENT = "document"
"""Where a line comes from that only passes a document on; one of the study plan comes from TOPIC."""


class BadLaying(OrgTrouble):
    """这一项不能排到这次会上。"""


def upcoming(*, body: Body) -> list[Gathering]:
    """Meetings of the body and of what belongs to it that are not over."""
    return list(Gathering.objects.filter(body=body, state__in=AHEAD).order_by("starts_at"))


@transaction.atomic
def lay(
    *, gathering: Gathering, source: str, title: str, document: Document | None = None, note: str = ""
) -> AgendaRow:
    """In the part of the meeting that its guide has for study, behind what stands there; the same document is laid once."""
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if row.state not in AHEAD:
        raise BadLaying(f"“{row.title}”{row.get_state_display()}，请选还没有开完的会议")
    if document is not None and row.agenda.filter(document=document, source=source).exists():
        raise BadLaying(f"“{title}”已经在这次会的议程上")
    guide = guides.of_version(plant=row.plant, kind=row.kind, version=row.guide)
    block = next((one for one in guide.blocks if one.kind is BlockKind.STUDY), None)
    if block is None:
        raise BadLaying(f"{guide.label}没有学习环节，请选有学习环节的会议")
    no = (row.agenda.aggregate(last=Max("no"))["last"] or 0) + 1
    return AgendaRow.objects.create(
        gathering=row,
        no=no,
        block=block.code,
        kind=block.kind,
        title=title[:200],
        source=source,
        document=document,
        figures={"note": note} if note else {},
    )


def of_body(gathering: Gathering, body: Body) -> None:
    """A meeting of the body itself or of one below it."""
    day = gathering.starts_at.date()
    if body.pk not in {state.id for state in party_tree(body.plant).at(day).path(gathering.body_id)}:
        raise BadLaying("所选的会议不是这个党组织的")
