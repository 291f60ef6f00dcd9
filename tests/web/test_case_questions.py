"""The page of questions: for who looks after the process, with the cases to look at, the same number of queries however many."""

import pytest
from django.test import Client

from tests.cast import AT, Cast, cast
from tests.work.loops_cast import report

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def today(settings: object) -> None:
    settings.TODAY = AT.date().isoformat()  # type: ignore[attr-defined]


def split(cast: Cast, words: str) -> None:
    for tail in ("", "。"):
        report(cast, given={"kind": "site", "what": words + tail})


def test_it_says_what_to_ask_and_names_the_cases(cast: Cast, client: Client) -> None:
    split(cast, "2# 转炉烟罩法兰渗水")
    told = cast.login(client, "赵安全员").get("/cases/hazard/questions/").content.decode()
    assert "同一天同一处有 2 件写得差不多（“2# 转炉烟罩法兰渗水。”等）：是不是一件事拆成了几件" in told
    assert told.count("YH-2026-0001") == 2  # the link and its text


def test_who_does_not_look_after_the_process_is_not_asked_to(cast: Cast, client: Client) -> None:
    assert cast.login(client, "吴师傅").get("/cases/hazard/questions/").status_code == 403
    split(cast, "阀门渗油")
    told = cast.login(client, "邻厂书记").get("/cases/hazard/questions/").content.decode()
    assert "阀门渗油" not in told


def test_six_cases_cost_no_more_queries_than_two(cast: Cast, client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    cast.login(client, "赵安全员")
    split(cast, "阀门渗油")
    with django_assert_max_num_queries(100) as one:
        client.get("/cases/hazard/questions/")
    split(cast, "灯不亮了啊")
    split(cast, "护栏松动")
    with django_assert_max_num_queries(len(one)):
        assert client.get("/cases/hazard/questions/").status_code == 200
