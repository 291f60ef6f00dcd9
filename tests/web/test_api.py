"""The interface for machines: the scope of the account, narrowed by the token; errors in one shape."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import (
    Account,
    AuditEntry,
    Channel,
    IndicatorRow,
    Plant,
    Reading,
    Result,
    Run,
    SheetVersion,
    Total,
)
from ronglu.web.api.docs import operations, schema
from tests.cast import AT, ON, SINCE, Cast, cast  # noqa: F401
from tests.web.machines import ALL, fixed_day, machine  # noqa: F401

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def readings(cast: Cast) -> list[Reading]:
    """Three shifts of coal on the converter line, one on the neighbour's line."""
    return [
        _reading(cast, "QL-R1", day, no, text) for day, no, text in ((9, 1, "101.5"), (9, 2, "99"), (10, 1, "100.25"))
    ] + [_reading(cast, "BS-F1", 9, 1, "5")]


def _reading(cast: Cast, unit: str, day: int, no: int, text: str) -> Reading:
    series = "sm.coal" if unit.startswith("QL") else "cn.ore"
    channel, _ = Channel.objects.get_or_create(
        unit=cast.unit[unit], series=series, grain="shift", defaults={"from_on": SINCE}
    )
    start = dt.datetime(2026, 3, day, 8 * no)
    return Reading.objects.create(
        channel=channel, starts_at=start, ends_at=start + dt.timedelta(hours=8), day=start.date(), shift_no=no,
        month=202603, text=text, value=None, known_at=AT, entered_by=cast.account["李班长"], state="audited",
    )  # fmt: skip


@pytest.fixture
def run(cast: Cast) -> Run:
    return _run(cast, cast.plant, ("QL-B1", "QL-B2"))


def _run(cast: Cast, plant: Plant, bodies: tuple[str, ...], number: int = 1, won: int = 730) -> Run:
    sheet, _ = SheetVersion.objects.get_or_create(
        plant=plant, version=1, defaults={"from_month": 202601, "declaration": {}, "digest": "d", "published_at": AT}
    )
    made = Run.objects.create(plant=plant, sheet=sheet, month=202603, number=number, at=AT, digest=f"run{number}")
    for code in bodies:
        body = cast.body[code]
        Result.objects.create(
            run=made, body=body, item="D2", state="scored", points=800, won=won, share=912_500_000, covered=89,
            expected=90, basis={"num": "1993640", "den": "45980"},
        )  # fmt: skip
        Total.objects.create(
            run=made, body=body, scale="fusion", applicable=9500, available=9000, won=won, converted=8111, grade="良"
        )
    return made


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer rl_nonsense", "Basic abc"])
def test_without_a_token_in_force_every_address_says_401_in_one_shape(cast: Cast, header: str | None) -> None:
    client = Client(headers={"Authorization": header} if header else {})
    for one in operations():
        path = one.path.format(month="2026-03", body="QL-B1", item="D2", code="SM-02", number="YH-2026-0001")
        response = client.generic(one.method, path, "{}", content_type="application/json")
        assert (response.status_code, response.json()["code"]) == (401, "token_needed"), path
        assert set(response.json()) == {"code", "message", "where"}
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_token(cast: Cast, client: Client) -> None:
    cast.login(client, "周统计员")
    assert client.get("/api/v1/readings", {"unit": "QL-R1", **MARCH}).status_code == 401


@pytest.mark.parametrize(
    ("path", "query", "scope"),
    [
        ("/readings", {"unit": "QL-R1", **MARCH}, "readings:read"),
        ("/indicators", {}, "results:read"),
        ("/indicators/SM-02/values", {"unit": "QL-R1"}, "results:read"),
        ("/runs", {}, "results:read"),
        ("/results/2026-03", {}, "results:read"),
        ("/results/2026-03/QL-B1/D2", {}, "results:read"),
        ("/org", {}, "org:read"),
    ],
)
def test_a_token_opens_only_what_it_names(cast: Cast, run: Run, path: str, query: dict[str, str], scope: str) -> None:
    status, answer = machine(cast, "周统计员", [one for one in ALL if one != scope]).get(path, **query)
    assert (status, answer["code"], answer["where"]) == (403, "token_scope", "header.Authorization")
    assert machine(cast, "周统计员", [scope]).get(path, **query)[0] == 200


def test_readings_come_in_pages_that_leave_nothing_out(cast: Cast, readings: list[Reading]) -> None:
    asks = machine(cast, "周统计员")
    status, first = asks.get("/readings", unit="QL-R1", limit=2, **MARCH)
    assert status == 200
    assert [(one["text"], one["day"], one["shift"]) for one in first["items"]] == [
        ("101.5", "2026-03-09", 1),
        ("99", "2026-03-09", 2),
    ]
    status, rest = asks.get("/readings", unit="QL-R1", limit=2, after=first["next"], **MARCH)
    assert [one["text"] for one in rest["items"]] == ["100.25"] and rest["next"] is None


def test_superseded_versions_come_only_when_asked_for(cast: Cast, readings: list[Reading]) -> None:
    Reading.objects.filter(pk=readings[0].pk).update(state="superseded")
    asks = machine(cast, "周统计员")
    assert len(asks.get("/readings", unit="QL-R1", **MARCH)[1]["items"]) == 2
    assert len(asks.get("/readings", unit="QL-R1", versions="true", **MARCH)[1]["items"]) == 3


@pytest.mark.parametrize(("name", "unit"), [("周统计员", "QL-F1"), ("周统计员", "BS-F1"), ("周统计员", "NOPE")])
def test_a_unit_out_of_scope_and_one_that_does_not_exist_are_the_same(
    cast: Cast, readings: list[Reading], name: str, unit: str
) -> None:
    assert machine(cast, name).get("/readings", unit=unit, **MARCH) == (
        404,
        {"code": "not_found", "message": "没有这个单位，或不在范围内", "where": "query.unit"},
    )


def test_the_plant_of_others_is_not_found(cast: Cast, run: Run) -> None:
    _run(cast, cast.neighbour, ("BS-B1",))
    for path in ("/runs", "/results/2026-03", "/indicators", "/org"):
        status, answer = machine(cast, "孙干事").get(path, plant="baishi")
        assert (status, answer["where"]) == (404, "query.plant")


def test_the_group_reads_results_of_all_plants_and_no_person_and_no_reading(cast: Cast, run: Run) -> None:
    _run(cast, cast.neighbour, ("BS-B1",))
    asks = machine(cast, "集团")
    assert [one["body"] for one in asks.get("/results/2026-03", plant="baishi")[1]["results"]] == ["BS-B1"]
    assert asks.get("/results/2026-03")[0] == 404  # which plant was not said
    assert asks.get("/org/people", plant="qinglan")[0] == 403
    assert asks.get("/readings", unit="QL-R1", plant="qinglan", **MARCH)[0] == 403
    text = json.dumps(asks.get("/org", plant="qinglan")[1], ensure_ascii=False)
    assert not [name for name in cast.person if name in text]


def test_results_are_those_of_the_scope_in_the_newest_run(cast: Cast, run: Run) -> None:
    _run(cast, cast.plant, ("QL-B1", "QL-B2"), number=2, won=745)
    status, sheet = machine(cast, "周统计员").get("/results/2026-03")
    assert status == 200 and sheet["run"]["number"] == 2
    assert sheet["results"] == [
        {
            "body": "QL-B1",
            "item": "D2",
            "state": "scored",
            "points": "8.00",
            "won": "7.45",
            "covered": 89,
            "expected": 90,
        }
    ]
    assert [(one["body"], one["won"], one["converted"]) for one in sheet["totals"]] == [("QL-B1", "7.45", "81.11")]
    assert {one["body"] for one in machine(cast, "孙干事").get("/results/2026-03")[1]["results"]} == {"QL-B1", "QL-B2"}


def test_one_result_brings_its_basis(cast: Cast, run: Run) -> None:
    asks = machine(cast, "周统计员")
    status, one = asks.get("/results/2026-03/QL-B1/D2")
    assert (status, one["share"], one["basis"]) == (200, "0.912500000", {"num": "1993640", "den": "45980"})
    assert asks.get("/results/2026-03/QL-B2/D2")[1]["where"] == "path.body"
    assert asks.get("/results/2026-03/QL-B1/Z9")[1]["where"] == "path.item"
    assert asks.get("/results/2026-04/QL-B1/D2")[1]["where"] == "path.month"


def test_who_may_not_use_the_api_gets_the_reason_though_he_has_a_token(cast: Cast) -> None:
    status, answer = machine(cast, "李班长").get("/readings", unit="QL-R1", **MARCH)
    assert (status, answer["code"]) == (403, "refused")
    assert answer["message"].startswith("使用接口：您的角色没有这项权限")


def test_the_outsiders_token_finds_nothing_anywhere(cast: Cast, run: Run, readings: list[Reading]) -> None:
    asks = machine(cast, "外人")
    for one in operations():
        if one.method == "GET":
            path = one.path.removeprefix("/api/v1").format(
                month="2026-03", body="QL-B1", item="D2", code="SM-02", number="YH-2026-0001"
            )
            assert asks.get(path, unit="QL-R1", **MARCH)[0] == 404, path


def test_indicator_values_by_period(cast: Cast) -> None:
    for period, value in (("2026-01", "42.1"), ("2026-02", "42.9"), ("2026-03", "")):
        IndicatorRow.objects.create(
            plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-02", grain="month", period=period,
            month=int(period.replace("-", "")), value=value, covered=80, expected=90,
        )  # fmt: skip
    asks = machine(cast, "周统计员")
    _, rows = asks.get("/indicators/SM-02/values", unit="QL-R1", **{"from": "2026-02"})
    assert [(one["period"], one["value"], one["covered"]) for one in rows] == [
        ("2026-02", "42.9", 80),
        ("2026-03", None, 80),
    ]
    assert asks.get("/indicators/NO-99/values", unit="QL-R1")[1]["where"] == "path.code"


def test_people_are_those_of_the_people_page(cast: Cast) -> None:
    Account.objects.filter(staff_no="20107").update(roles=[])
    status, answer = machine(cast, "孙干事").get("/org/people", limit=2)
    assert status == 200 and [one["staff_no"] for one in answer["items"]] == ["20101", "20102"]
    assert answer["next"] == "20102"
    assert set(answer["items"][0]) == {"staff_no", "name", "unit"}
    # a technician uses the API and sees himself alone
    assert [one["name"] for one in machine(cast, "陈技术员").get("/org/people")[1]["items"]] == ["陈技术员"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"unit": "QL-R1", "to": "2026-03-31"}, "query.from"),
        ({"unit": "QL-R1", "from": "86400", "to": "2026-03-31"}, "query.from"),
        ({"unit": "QL-R1", "from": "2026-02-30", "to": "2026-03-31"}, "query.from"),
        ({"unit": "QL-R1", "from": "2026-03-31", "to": "2026-03-01"}, "query.to"),
        ({"unit": "QL-R1", "from": "2024-03-01", "to": "2026-03-01"}, "query.to"),
        ({"unit": "QL-R1", **MARCH, "limit": "1001"}, "query.limit"),
        ({"unit": "QL-R1", **MARCH, "after": "-1"}, "query.after"),
        ({"unit": "", **MARCH}, "query.unit"),
    ],
)
def test_what_makes_no_sense_is_said_where(cast: Cast, query: dict[str, str], where: str) -> None:
    status, answer = machine(cast, "周统计员").get("/readings", **query)
    assert (status, answer["code"] in ("invalid", "period"), answer["where"]) == (422, True, where)


def test_an_address_that_does_not_exist_is_answered_in_the_same_shape(cast: Cast) -> None:
    assert machine(cast, "周统计员").get("/nothing/here") == (
        404,
        {"code": "not_found", "message": "没有这个地址", "where": "path"},
    )


def test_every_operation_declares_its_refusals() -> None:
    for one in operations():
        assert {"200", "401", "403", "404", "422"} <= set(one.answers), one.path


def test_the_description_is_a_page_of_our_own_without_foreign_scripts(cast: Cast, client: Client) -> None:
    text = cast.login(client, "周统计员").get(reverse("api_docs")).content.decode()
    assert all(one.path in text for one in operations())
    assert "http" not in text.replace("http://www.w3.org", "").replace("hx-http", "").split("<body")[1]
    assert client.get(reverse("api_openapi")).json() == json.loads(json.dumps(schema()))


def test_a_refused_use_of_a_persons_data_over_the_api_is_in_the_trail(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    machine(cast, "集团").get("/org", plant="qinglan", on=ON.isoformat())
    fresh = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)[before:]
    assert set(fresh) <= {"tokens.issue"}


def test_pages_of_readings_cost_the_same_queries_for_one_and_three(cast: Cast, readings: list[Reading]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asks = machine(cast, "周统计员")

    def cost(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            asks.get("/readings", unit="QL-R1", limit=limit, **MARCH)
        return len(captured)

    assert cost(1) == cost(3)
