"""One box: by 汉字, pinyin, initials, number or code, and never beyond the scope."""

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Person
from ronglu.work import search
from ronglu.work.pinyin import spelled
from tests.cast import Cast, cast  # noqa: F401

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
            search.find(scope=scope, text=text, indicators=INDICATORS)


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
