"""A personnel roster comes in: every fault is told with its cell, then all of it is stored or nothing; twice changes nothing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import GROUP
from ronglu.kernel.org.roster_in import HeaderCheck, cell_name, check_header
from ronglu.kernel.table import Cell, Column, Table
from ronglu.store.history import party_tree
from ronglu.store.models import Account, Engagement, Membership, Person, Plant, Post
from ronglu.store.models.dated import Dated
from ronglu.work import audits, partitions
from ronglu.work.pinyin import spelled
from ronglu.work.roster_lines import Cells, Line, Reader, columns


class BadRoster(OrgTrouble):
    """名册不能导入；`problems` 一次列出全部问题，每条带单元格。"""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(slots=True)
class Plan:
    """What an import would do. `changes` is 0 when the roster says what is already known."""

    people: int = 0
    new: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)
    appointed: list[str] = field(default_factory=list)
    let_go: list[str] = field(default_factory=list)
    """Cells that were read and not kept: 岗位 words that are no role."""
    problems: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return sum(len(said) for said in (self.new, self.corrected, self.moved, self.admitted, self.appointed))


def template() -> Table:
    """What an empty roster to fill in offers: the fields that are kept, and no other."""
    known = columns()
    return Table(
        code="roster",
        label="花名册",
        key=("staff_no",),
        refuses_unknown=True,
        columns=tuple(
            Column(
                code=field.code,
                label=field.label,
                required=field.required,
                cell=Cell.CHOICE if field.code in known.values else Cell.TEXT,
                known=known.values.get(field.code, {}),
            )
            for field in known.fields
        ),
        notes=(
            "只保存这些列；身份证号、电话、住址、学历等列一律不收。",
            "单位、班组、党组织、党小组写名称或编码，须已在系统中建好。",
            "花名册里没有的人保持原样；调离、免职在人员页办理。",
        ),
    )


def check_columns(
    *, rows: Cells, confirmed: Mapping[str, bool] | None = None, ignore: Collection[str] = ()
) -> HeaderCheck:
    """The header alone: kept, refused, asked and unknown columns. Looks at no person's row."""
    return check_header(rows, columns(), confirmed=confirmed, ignore=ignore)


def dry_run(
    *, plant: Plant, rows: Cells, on: dt.date, confirmed: Mapping[str, bool] | None = None, ignore: Collection[str] = ()
) -> Plan:
    """What `take` would do, and every problem; stores nothing."""
    header = check_columns(rows=rows, confirmed=confirmed, ignore=ignore)
    if not header.ready:
        return Plan(problems=header.messages())
    with transaction.atomic():
        plan = _Import(plant, on).run(rows, header)
        transaction.set_rollback(True)
    return plan


@transaction.atomic
def take(
    *,
    plant: Plant,
    rows: Cells,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    confirmed: Mapping[str, bool] | None = None,
    ignore: Collection[str] = (),
) -> Plan:
    """All or nothing: raises BadRoster with every problem. Who is not in the roster stays as he is."""
    header = check_columns(rows=rows, confirmed=confirmed, ignore=ignore)
    header.require()
    if not header.ready:
        raise BadRoster(header.messages())
    plan = _Import(plant, on).run(rows, header)
    if plan.problems:
        raise BadRoster(plan.problems)
    if plan.changes:
        partitions.touch_since(plant=plant, on=on)
        detail = {"on": str(on), "people": plan.people, "new": len(plan.new), "changes": plan.changes}
        audits.record(verb="rosters.take", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return plan


class _Import:
    """The writes of one roster, in bulk: the number of queries does not grow with the number of people."""

    def __init__(self, plant: Plant, on: dt.date) -> None:
        self.plant, self.on = plant, on
        self.plan = Plan()

    def run(self, rows: Cells, header: HeaderCheck) -> Plan:
        reader = Reader(self.plant, self.on)
        lines = reader.lines(rows, header)
        plan = self.plan
        plan.people, plan.let_go, plan.problems = len(lines), reader.let_go, reader.problems
        self.at = header.places
        self.people = {p.staff_no: p for p in Person.objects.filter(staff_no__in=[line.staff_no for line in lines])}
        self.work = _by_person(Engagement.objects.filter(person__in=self.people.values()))
        self.party = _by_person(Membership.objects.filter(person__in=self.people.values()))
        self._check(lines)
        if not plan.problems:
            self._store_people(lines)
            self._store_stays(lines)
            self._store_posts(lines)
        return plan

    def _check(self, lines: Iterable[Line]) -> None:
        for line in lines:
            person = self.people.get(line.staff_no)
            running = _running(self.party.get(person.pk, []), self.on) if person else None
            if person is not None and person.plant_id != self.plant.pk:
                self._wrong(line, "staff_no", f"工号 {line.staff_no} 已在另一个厂登记")
            if line.body is not None and line.status == "none":
                self._wrong(line, "body", f"{line.name}不是党员，不能编入党组织")
            elif line.body is not None and line.status is None and running is None:
                self._wrong(line, "body", f"{line.name}编入党组织须填写党员类别（正式、预备）")
            elif line.status in ("full", "probationary") and line.body is None and running is None:
                self._wrong(line, "status", f"{line.name}是党员，须填写所在党组织")
            if line.party_post not in (None, "none") and line.body is None and running is None:
                self._wrong(line, "party_post", f"{line.name}有党内职务，须填写所在党组织")

    def _wrong(self, line: Line, name: str, what: str) -> None:
        self.plan.problems.append(f"{cell_name(line.row, self.at.get(name, 0))}：{what}")

    def _store_people(self, lines: Iterable[Line]) -> None:
        new, changed = [], []
        for line in lines:
            person = self.people.get(line.staff_no)
            said = {"name": line.name, "joined_on": line.joined_on, "grades": line.grades, "contact": line.contact}
            said = {name: value for name, value in said.items() if value is not None}
            if person is None:
                person = Person(plant=self.plant, staff_no=line.staff_no)
                new.append(person)
            elif all(getattr(person, name) == value for name, value in said.items()):
                continue
            else:
                changed.append(person)
            for name, value in said.items():
                setattr(person, name, value)
            pinyin, initials = spelled(person.name)
            person.pinyin, person.initials = pinyin[:120], initials[:20]
        Person.objects.bulk_create(new, batch_size=500)
        fields = ["name", "pinyin", "initials", "joined_on", "grades", "contact"]
        Person.objects.bulk_update(changed, fields, batch_size=500)
        self.people |= {person.staff_no: person for person in new}
        self.plan.new = [person.staff_no for person in new]
        self.plan.corrected = [person.staff_no for person in changed]

    def _store_stays(self, lines: Iterable[Line]) -> None:
        work, party = _Batch(self.on), _Batch(self.on)
        for line in lines:
            person = self.people[line.staff_no]
            mine = self.work.get(person.pk, [])
            running = _running(mine, self.on)
            if line.unit is not None and work.put(
                mine,
                running,
                Engagement(person=person, unit_id=line.unit),
                kind=line.kind or _kept(running, "kind", "regular"),
            ):
                self.plan.moved.append(line.staff_no)
            mine = self.party.get(person.pk, [])
            belongs = _running(mine, self.on)
            body = line.body or (belongs.body_id if belongs else None)
            if line.status == "none" and belongs is not None:
                party.end(belongs)
                self.plan.admitted.append(line.staff_no)
            elif body is not None and party.put(
                mine,
                belongs,
                Membership(person=person, body_id=body),
                status=line.status or _kept(belongs, "status", ""),
                basis=line.basis or _kept(belongs, "basis", "crew"),
            ):
                self.plan.admitted.append(line.staff_no)
        work.store(Engagement, ["unit", "kind", "until_on"])
        party.store(Membership, ["body", "status", "basis", "until_on"])

    def _store_posts(self, lines: Iterable[Line]) -> None:
        """Seats and posts the roster names are added; those it does not name are left: relieving is a person's act."""
        held = {
            (p.person_id, p.role, p.body_id, p.unit_id)
            for p in Post.objects.on(self.on).filter(person__in=self.people.values())
        }
        new = []
        for line in lines:
            person = self.people[line.staff_no]
            belongs = _running(self.party.get(person.pk, []), self.on)
            works = _running(self.work.get(person.pk, []), self.on)
            body = line.body or (belongs.body_id if belongs else None)
            unit = line.unit or (works.unit_id if works else None)
            for role, at_body, at_unit in ((line.party_post, self._seat_at(line, body), None), (line.post, None, unit)):
                if role in (None, "none") or (at_body or at_unit) is None:
                    continue
                if (person.pk, role, at_body, at_unit) not in held:
                    new.append(Post(person=person, role=role, body_id=at_body, unit_id=at_unit, from_on=self.on))
                    self.plan.appointed.append(line.staff_no)
        Post.objects.bulk_create(new, batch_size=500)

    def _seat_at(self, line: Line, body: int | None) -> int | None:
        """A leader leads his group; a committee seat of someone in a group is the seat of its branch."""
        if body is None or line.party_post in (None, "none", "leader"):
            return body
        if not hasattr(self, "view"):
            self.view = party_tree(self.plant).at(self.on)
        state = self.view.nodes.get(body)
        parent = state.parent if state is not None and state.kind == GROUP else body
        return parent if isinstance(parent, int) else body


class _Batch:
    """Dated rows of one kind to be cut and begun together on one day."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self.new: list[Any] = []
        self.changed: list[Any] = []
        self.gone: list[int] = []

    def put(self, mine: Sequence[Dated], running: Any, row: Any, **said: str) -> bool:
        """From the day on `row`; False when that is what already holds. Later rows stay as they were entered."""
        place = "unit_id" if hasattr(row, "unit_id") else "body_id"
        wanted = {place: getattr(row, place), **said}
        if running is not None and all(getattr(running, name) == value for name, value in wanted.items()):
            return False
        if running is not None and running.from_on == self.on:
            for name, value in wanted.items():
                setattr(running, name, value)
            self.changed.append(running)
            return True
        for name, value in wanted.items():
            setattr(row, name, value)
        later = [one.from_on for one in mine if one.from_on > self.on]
        row.from_on, row.until_on = self.on, running.until_on if running is not None else min(later, default=None)
        self.new.append(row)
        if running is not None:
            self.end(running)
        return True

    def end(self, running: Any) -> None:
        if running.from_on == self.on:
            self.gone.append(running.pk)
            return
        running.until_on = self.on
        self.changed.append(running)

    def store(self, model: Any, fields: list[str]) -> None:
        model.objects.filter(pk__in=self.gone).delete()
        model.objects.bulk_update(self.changed, fields, batch_size=500)
        model.objects.bulk_create(self.new, batch_size=500)


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _running(rows: Sequence[Any], on: dt.date) -> Any:
    return next((row for row in rows if row.holds(on)), None)


def _kept(running: Any, name: str, otherwise: str) -> str:
    return str(getattr(running, name)) if running is not None else otherwise
