"""One box: by 汉字, pinyin, initials, number or code, and never beyond the scope."""

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Person
from ronglu.work import search
from ronglu.work.pinyin import spelled
from tests.cast import Cast, cast  # noqa: F401
from tests.work.loops_cast import LOOPS, report

INDICATORS = [("SM-02", "煤耗"), ("EL-03", "电流效率")]


def labels(cast: Cast, name: str, text: str) -> dict[str, list[str]]:
    found = search.find(scope=cast.scope(name), text=text, indicators=INDICATORS, limit=30)
    return {group[0].kind: [hit.label for hit in group] for group in found.groups}


@pytest.mark.parametrize("text", ["李班", "libanzhang", "li ban", "banzhang", "lbz", "20101", "LBZ"])
def test_a_person_is_found_by_every_way_of_writing_him(cast: Cast, text: str) -> None:
    assert labels(cast, "王书记", text)["person"] == ["李班长"]


@pytest.mark.parametrize("text", ["甲班", "zhuanlu", "zhuan lu", "zl", "QL-R1"])
def test_units_and_bodies_too(cast: Cast, text: str) -> None:
    assert "转炉甲班" in labels(cast, "王书记", text)["unit"]


@pytest.mark.parametrize(
    ("text", "label"), [("sm-02", "煤耗"), ("煤", "煤耗"), ("meihao", "煤耗"), ("dlxl", "电流效率")]
)
def test_indicators_by_code_name_and_sound(cast: Cast, text: str, label: str) -> None:
    assert labels(cast, "吴师傅", text)["indicator"] == [label]


def numbers(cast: Cast, name: str, text: str) -> list[str]:
    return [hit.note for hit in search.find(scope=cast.scope(name), text=text, loops=LOOPS, limit=30).cases]


@pytest.mark.parametrize("text", ["YH-2026-0001", "yh-2026-0001", " yh-2026-00 ", "YH-"])
def test_a_case_is_found_by_its_number_or_the_beginning_of_it(cast: Cast, text: str) -> None:
    report(cast)
    report(cast, "吴师傅", loop=LOOPS["idea"], given={"what": "换型"})
    assert numbers(cast, "李班长", text) == numbers(cast, "吴师傅", text) == ["YH-2026-0001"]


@pytest.mark.parametrize("text", ["0001", "YH", "2026-0001", "YH-2026-0002", "YH-%", "YH-_026", "JY-2026-0001"])
def test_another_number_or_a_part_of_one_finds_no_case(cast: Cast, text: str) -> None:
    report(cast)
    assert numbers(cast, "李班长", text) == []


@pytest.mark.parametrize("name", ["郑师傅", "邻厂书记", "外人", "系统管理员", "审计员"])
def test_a_case_of_others_is_not_found_by_its_number(cast: Cast, name: str) -> None:
    report(cast)
    assert numbers(cast, name, "YH-2026-0001") == []


def test_what_was_said_in_confidence_is_not_found_by_its_number(cast: Cast) -> None:
    given = {"topic": "living", "what": "夜班食堂没有热饭"}
    report(cast, loop=LOOPS["request"], given=given, confidential=True)
    report(cast, None, loop=LOOPS["request"], given=given)
    found = {name: numbers(cast, name, "SQ-2026") for name in ("吴师傅", "冯主席", "马主任", "孙干事", "高书记")}
    assert found == {
        "吴师傅": ["SQ-2026-0001"], "冯主席": ["SQ-2026-0001", "SQ-2026-0002"], "马主任": [], "孙干事": [], "高书记": []
    }  # fmt: skip


def test_the_number_leads_to_the_page_of_the_case(cast: Cast, client: Client) -> None:
    case = report(cast).case
    told = cast.login(client, "李班长").get(reverse("search"), {"q": case.number}).content.decode()
    assert reverse("case", args=[case.pk]) in told and case.title in told


def test_nobody_finds_what_he_may_not_see(cast: Cast) -> None:
    assert labels(cast, "吴师傅", "李班长") == {}
    assert labels(cast, "郑师傅", "转炉") == {}
    assert labels(cast, "邻厂书记", "转炉") == {}
    assert labels(cast, "集团", "李班长") == {}
    assert "转炉党支部" in labels(cast, "集团", "转炉")["body"]
    for name in ("外人", "系统管理员", "安全管理员", "审计员"):
        assert labels(cast, name, "转炉") == labels(cast, name, "李") == labels(cast, name, "煤") == {}


def test_the_safety_officer_finds_no_party_body(cast: Cast) -> None:
    assert "body" not in labels(cast, "赵安全员", "转炉")


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "zzzz", "'; drop"])
def test_nothing_is_found_for_nothing(cast: Cast, text: str) -> None:
    assert labels(cast, "孙干事", text) == {}


def test_a_search_costs_three_queries_whatever_it_finds(cast: Cast, django_assert_num_queries: "object") -> None:
    scope = cast.scope("孙干事")
    for text in ("李", "zhuanlu", "转炉"):
        with django_assert_num_queries(3):  # type: ignore[operator]
            search.find(scope=scope, text=text, indicators=INDICATORS, loops=LOOPS)


def test_a_number_costs_one_query_more_however_many_it_finds(cast: Cast, django_assert_num_queries: "object") -> None:
    scope = cast.scope("孙干事")
    for _ in range(2):
        report(cast)
        with django_assert_num_queries(4):  # type: ignore[operator]
            search.find(scope=scope, text="yh-2026", loops=LOOPS)


def test_the_page_and_the_drop_down_say_the_same(cast: Cast, client: Client) -> None:
    cast.login(client, "王书记")
    page = client.get(reverse("search"), {"q": "lbz"}).content.decode()
    drop = client.get(reverse("search"), {"q": "lbz"}, headers={"HX-Request": "true"}).content.decode()
    assert "李班长" in page and "李班长" in drop
    assert "<html" in page and "<html" not in drop


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单明", "shan ming"), ("解放", "xie fang"), ("查理", "zha li"), ("仇英", "qiu ying"), ("区强", "ou qiang"),
        ("曾华", "zeng hua"), ("翟刚", "zhai gang"), ("盖亮", "ge liang"), ("尉迟敬", "yu chi jing"), ("王重", "wang zhong"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, pinyin: str) -> None:
    assert spelled(name)[0] == pinyin
    assert spelled(name)[1] == "".join(part[0] for part in pinyin.split())


def test_a_wildcard_is_a_letter_like_any_other(cast: Cast) -> None:
    Person.objects.filter(staff_no="20101").update(name="李%班")
    assert labels(cast, "王书记", "李%")["person"] == ["李%班"]
    assert labels(cast, "王书记", "%")["person"] == ["李%班"]


def test_indicators_are_those_of_the_readers_own_plants(cast: Cast, client: Client) -> None:
    smelter = cast.login(client, "王书记").get(reverse("search"), {"q": "cn-01"}).content.decode()
    assert "CN-01" not in smelter
    concentrator = cast.login(client, "邻厂书记").get(reverse("search"), {"q": "cn-01"}).content.decode()
    assert "CN-01" in concentrator
