"""What every declared loop gets for nothing: its form, and a page in each of its states, generated from the declarations."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Loop
from ronglu.store.models import Case, CaseRow
from ronglu.store.values import workdays_of
from ronglu.work import cases
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.web import labour
from tests.work.loops_cast import LOOPS, zone

pytestmark = pytest.mark.django_db
# between them they hold every role that raises anything here, and see the converter line
RAISERS = ("马主任", "王书记", "孙干事")


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def sample(cast: Cast, field: Field) -> str:
    """Something that fits the field, as a form sends it."""
    if field.code == "year":
        return "2026"
    match field.kind:
        case Kind.CHOICE:
            return field.choices[0].code
        case Kind.NUMBER | Kind.MONEY:
            return "12"
        case Kind.DATE:
            return "2026-03-20"
        case Kind.YES:
            return "yes"
        case Kind.PERSON:
            return "20101"
        case Kind.UNIT:
            return str(cast.unit["QL-R1"].pk)
        case Kind.BODY:
            return str(cast.body["QL-B1"].pk)
        case Kind.ZONE:
            return str(zone(cast, code="Z9").pk)
        case Kind.TEAM:
            return str(labour.team(cast).pk)
        case Kind.INDICATOR:
            return "SM-01"
        case _:
            return f"{field.label}样例"


def send(cast: Cast, loop: Loop, name: str) -> Case | None:
    """A case of the loop sent by the form as a person fills it in."""
    place = f"body:{cast.body['QL-B1'].pk}" if loop.raising.place == "body" else f"unit:{cast.unit['QL-R1'].pk}"
    data = {"case-place": place, "case-anyway": "1"}
    data |= {code: sample(cast, loop.field(code)) for code in (*loop.raising.needs, *loop.raising.asks)}
    cast.login(Client(), name).post(reverse("case_new", args=[loop.code]), data)
    return Case.objects.filter(loop=loop.code).first()


def raised(cast: Cast, loop: Loop) -> Case:
    if SYSTEM in loop.raising.by:
        given = {code: sample(cast, loop.field(code)) for code in (*loop.raising.needs, *loop.raising.asks)}
        return cases.raise_by_clock(
            loop=loop, plant=cast.plant, body=cast.body["QL-B1"], given=given, title=loop.label, at=AT,
            workdays=workdays_of(cast.plant),
        )  # fmt: skip
    found = next(filter(None, (send(cast, loop, name) for name in RAISERS)), None)
    assert found is not None, f"{loop.label}：没有人能从页面提出"
    return found


def filled(cast: Cast, loop: Loop, case: Case) -> None:
    """Every field and one line of every kind, so that whatever a page can show is shown."""
    given = {f.code: f.read(sample(cast, f)) for f in loop.fields if f.kind is not Kind.PERSON}
    people = {f.code: cast.person["李班长"].pk for f in loop.fields if f.kind is Kind.PERSON}
    Case.objects.filter(pk=case.pk).update(data=given | people)
    for rows in loop.rows:
        data = {code: (given | people)[code] for code in rows.fields}
        CaseRow.objects.create(
            case=case, kind=rows.code, no=1, state="done" if rows.closes else "noted", data=data, added_at=AT,
            person=cast.person["陈技术员"], done_by=cast.person["陈技术员"], added_by=cast.person["李班长"],
            due_on=AT.date() if rows.closes else None,
        )  # fmt: skip


@pytest.mark.parametrize("code", LOOPS)
def test_every_loop_is_raised_by_its_form_and_shown_in_each_of_its_states(cast: Cast, code: str) -> None:
    loop = LOOPS[code]
    case = raised(cast, loop)
    filled(cast, loop, case)
    client = cast.login(Client(), "高书记")
    for state in loop.states:
        Case.objects.filter(pk=case.pk).update(
            state=state.code, phase=state.phase.value, due_at=AT if state.due else None
        )
        for page in ("case", "case_paper"):
            answer = client.get(reverse(page, args=[case.pk]))
            assert answer.status_code == 200 and state.label in answer.content.decode(), (page, state.code)
    ledger = client.get(reverse("cases_ledger", args=[code]), {"phase": "all"}).content.decode()
    assert case.number in ledger


@pytest.mark.parametrize("code", [code for code, loop in LOOPS.items() if SYSTEM not in loop.raising.by])
def test_the_form_asks_for_at_most_five_things_and_the_place(cast: Cast, code: str) -> None:
    answers = [cast.login(Client(), name).get(reverse("case_new", args=[code])) for name in RAISERS]
    assert {one.status_code for one in answers} <= {200, 403}
    form = next(one for one in answers if one.status_code == 200).context["form"]
    asked = [field.name for field in form.visible_fields() if field.name not in ("case-place", "case-confidential")]
    assert asked == [*LOOPS[code].raising.needs, *LOOPS[code].raising.asks] and len(asked) <= 5
