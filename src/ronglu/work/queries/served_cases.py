"""Cases as machines read and raise them: keys of records become codes, and codes and staff numbers become keys again."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.field import NAMED, Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Body, Case, Person, Plant, Team, Unit, Zone
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

KEYS = {
    Kind.PERSON: (Person, "staff_no"),
    Kind.UNIT: (Unit, "code"),
    Kind.BODY: (Body, "code"),
    Kind.ZONE: (Zone, "code"),
    Kind.TEAM: (Team, "code"),
}
TOLD = NAMED - {Kind.PERSON}
Codes = Mapping[tuple[Kind, int], str]


def page(
    *, scope: Scope, loops: Mapping[str, Loop], plant: Plant, phase: str, after: int, limit: int
) -> Sequence[Case]:  # fmt: skip
    """In order of their keys: the page after a key stays the same under new rows."""
    rows = visible(scope, loops).filter(plant=plant, pk__gt=after)
    if phase:
        rows = rows.filter(phase=phase)
    return list(rows.select_related("unit", "zone", "body").order_by("pk")[:limit])


def one(*, scope: Scope, loops: Mapping[str, Loop], plant: Plant, number: str) -> Case | None:
    rows = visible(scope, loops).filter(plant=plant, number=number)
    return rows.select_related("unit", "zone", "body").first()


def codes_of(cases: Iterable[Case], loops: Mapping[str, Loop]) -> Codes:
    """One query for each kind of record that the cases name, persons apart: machines are told of none."""
    wanted: dict[Kind, set[int]] = {}
    for case in cases:
        for field in loops[case.loop].fields:
            if field.kind in TOLD and case.data.get(field.code) is not None:
                wanted.setdefault(field.kind, set()).add(case.data[field.code])
    found: dict[tuple[Kind, int], str] = {}
    for kind, keys in wanted.items():
        model, name = KEYS[kind]
        rows = model.objects.filter(pk__in=keys).values_list("pk", name)
        found |= {(kind, pk): code for pk, code in rows}
    return found


def told(case: Case, loop: Loop, codes: Codes) -> dict[str, Any]:
    """What the case holds, by field, with codes for records; no person."""
    return {
        field.code: codes.get((field.kind, value), "") if field.kind in TOLD else value
        for field in loop.fields
        if field.kind is not Kind.PERSON and (value := case.data.get(field.code)) is not None
    }


def given(loop: Loop, plant: Plant, data: Mapping[str, Any], *, indicators: Container[str]) -> dict[str, Any]:
    """The fields as the verbs want them; LoopTrouble for one that the raising does not ask for, or a record that is not there."""
    asked = {*loop.raising.needs, *loop.raising.asks}
    if unknown := sorted(set(data) - asked):
        raise LoopTrouble(f"{loop.label}提出时没有这些字段：{'、'.join(unknown)}；可填的是{'、'.join(sorted(asked))}")
    for field in (loop.field(code) for code in data):
        named = data[field.code]
        if field.kind is Kind.INDICATOR and named not in (None, "") and str(named) not in indicators:
            raise LoopTrouble(f"“{field.label}”：没有指标 {str(named)[:60]}，应写指标代码")
    return {code: _key(loop, code, value, plant) for code, value in data.items()}


def place(plant: Plant, *, unit: str = "", zone: str = "", body: str = "") -> dict[str, Any]:
    """The rows of the codes given; LoopTrouble names the one that the plant does not have."""
    found: dict[str, Any] = {}
    for name, code, rows in (
        ("unit", unit, Unit.objects.all()),
        ("zone", zone, Zone.objects.select_related("unit")),
        ("body", body, Body.objects.all()),
    ):
        if code:
            found[name] = rows.filter(plant=plant, code=code).first()
            if found[name] is None:
                raise LoopTrouble(f"本厂没有编码 {code}")
    return found


def _key(loop: Loop, code: str, value: Any, plant: Plant) -> Any:
    field = loop.field(code)
    if field.kind not in NAMED or value in (None, ""):
        return value
    model, name = KEYS[field.kind]
    code = str(value).replace("\0", "")[:60]
    key = model.objects.filter(plant=plant, **{name: code}).values_list("pk", flat=True).first()
    if key is None:
        raise LoopTrouble(f"“{field.label}”：本厂没有 {code}")
    return key
