"""Cases for machines: inside the scope of the account, in codes rather than keys, raised in a person's name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronglu.config.plant import pack_of
from ronglu.store.models import Case
from ronglu.work.queries import served_cases
from tests.cast import Cast, cast  # noqa: F401
from tests.web.machines import ALL, fixed_day, machine  # noqa: F401
from tests.work.loops_cast import LOOPS, report


def test_cases_are_listed_in_pages_and_in_codes(cast: Cast) -> None:
    report(cast)
    group = cast.body["QL-B1-甲"].pk
    report(cast, "何组长", loop=LOOPS["idea"], given={"what": "烟罩加观察孔", "group": group, "forecast": "12000.5"})
    asks = machine(cast, "孙干事")
    status, first = asks.get("/cases", limit=1)
    assert status == 200 and [one["number"] for one in first["items"]] == ["YH-2026-0001"]
    rest = asks.get("/cases", after=first["next"])[1]
    assert rest["next"] is None
    assert [(one["loop"], one["unit"], one["phase"], one["fields"]) for one in rest["items"]] == [
        ("idea", "QL-R1-甲", "open", {"what": "烟罩加观察孔", "group": "QL-B1-甲", "forecast": "12000.50"})
    ]
    assert [one["loop"] for one in asks.get("/cases", loop="hazard")[1]["items"]] == ["hazard"]


def test_no_person_is_named(cast: Cast) -> None:
    report(cast)
    status, one = machine(cast, "孙干事").get("/cases/YH-2026-0001")
    assert status == 200 and "吴师傅" not in str(one) and "20110" not in str(one)


def test_nor_is_one_who_stands_in_a_field(cast: Cast) -> None:
    """The lead of production of a project is named in a field of the case, by the key of the person."""
    made = report(cast)
    Case.objects.filter(number="YH-2026-0001").update(
        loop="project", state="working", data={"sponsor": cast.person["马主任"].pk, "budget": "12000.00"}
    )
    status, one = machine(cast, "孙干事").get("/cases/YH-2026-0001")
    assert (status, one["fields"]) == (200, {"budget": "12000.00"})
    assert machine(cast, "孙干事").get("/cases")[1]["items"] == [one]
    assert made.case.pk == one["id"]


def test_numbers_of_people_are_not_even_looked_up(cast: Cast) -> None:
    report(cast)
    Case.objects.update(loop="project", state="working", data={"sponsor": cast.person["马主任"].pk})
    loops = pack_of("qinglan").loops
    with CaptureQueriesContext(connection) as seen:
        codes = served_cases.codes_of(Case.objects.all(), loops)
    assert codes == {} and [one["sql"] for one in seen if "store_person" in one["sql"]] == []


@pytest.mark.parametrize("name", ["李班长", "郑师傅", "吴师傅"])
def test_without_leave_for_machines_nothing_is_read(cast: Cast, name: str) -> None:
    report(cast)
    assert machine(cast, name).get("/cases")[0] == 403


def test_a_case_of_others_is_not_found(cast: Cast) -> None:
    report(cast, "郑师傅", unit=cast.unit["QL-F1-甲"])
    status, answer = machine(cast, "周统计员").get("/cases/YH-2026-0001")
    assert (status, answer["where"]) == (404, "path.number")
    assert machine(cast, "周统计员").get("/cases")[1]["items"] == []


@pytest.mark.parametrize("scope", ["cases:read", "cases:write"])
def test_a_token_opens_only_what_it_names(cast: Cast, scope: str) -> None:
    asks = machine(cast, "孙干事", [one for one in ALL if one != scope])
    body = {"loop": "hazard", "unit": "QL-R1", "fields": {"kind": "fire"}}
    read, wrote = asks.get("/cases")[0], asks.post("/cases", body)[0]
    assert (read, wrote) == ((403, 200) if scope == "cases:read" else (200, 403))


def test_a_case_is_raised_in_the_name_of_the_account(cast: Cast) -> None:
    body = {"loop": "hazard", "unit": "QL-R1", "fields": {"kind": "fire", "what": "油棉纱"}}
    assert machine(cast, "周统计员").post("/cases", body) == (
        200, {"number": "YH-2026-0001", "state": "found", "joined": None}
    )  # fmt: skip
    case = Case.objects.get()
    assert (case.raised_by, case.unit, case.origin) == (cast.person["周统计员"], cast.unit["QL-R1"], "api")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"fields": {"kind": "fire"}}, "请选定隐患在哪个单位"),
        ({"unit": "BS-F1", "fields": {"kind": "fire"}}, "本厂没有编码 BS-F1"),
        ({"unit": "QL-R1", "fields": {}}, "请填写“哪一类”"),
        ({"unit": "QL-R1", "fields": {"kind": "water"}}, "“哪一类”没有“water”这一项，应为设备、人身、现场、电气、火灾爆炸、其他之一"),
        ({"unit": "QL-R1", "fields": {"kind": "fire", "grade": "major"}},
         "隐患提出时没有这些字段：grade；可填的是"),
        ({"loop": "idea", "unit": "QL-R1", "fields": {"what": "换油封", "group": "QL-B1\0甲"}}, "“征集的党小组”：本厂没有 QL-B1甲"),
        ({"loop": "gap", "unit": "QL-R1", "fields": {"indicator": "XX-01"}}, "“哪个指标”：没有指标 XX-01，应写指标代码"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_written(cast: Cast, body: dict[str, object], said: str) -> None:
    status, answer = machine(cast, "周统计员").post("/cases", {"loop": "hazard"} | body)
    assert (status, answer["code"]) == (422, "not_accepted") and answer["message"].startswith(said)
    assert not Case.objects.exists()
