"""One choice of 旗帜党员 for those who run it: who is on the shortlist, the vote about it, who was chosen; never anybody's points."""

from dataclasses import dataclass

from ronglu.store.models import Case, CaseRow, Plant, Poll
from ronglu.work import flags


@dataclass(frozen=True, slots=True)
class Choice:
    candidates: tuple[CaseRow, ...]
    chosen: tuple[CaseRow, ...]
    poll: Poll | None


def case_of(*, plant: Plant, pk: int) -> Case | None:
    found = Case.objects.filter(pk=pk, plant=plant, loop=flags.CODE)
    return found.select_related("plant", "body").first()


def choice(case: Case) -> Choice:
    rows = list(case.rows.select_related("person").order_by("no"))
    poll = Poll.objects.filter(plant=case.plant_id, pk=int(case.data.get("poll") or 0)).first()
    return Choice(
        tuple(row for row in rows if row.kind == flags.CANDIDATE),
        tuple(row for row in rows if row.kind == flags.CHOSEN),
        poll,
    )
