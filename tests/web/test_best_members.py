"""评优秀党员: a branch's committee puts members forward within a third, with reasons, and nobody ranks anybody."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Account, QuotaList
from tests.cast import Cast, cast
from tests.web.pages import WIDTHS, Look, check, look
from tests.work import membered
from tests.work.polled import people

__all__ = ["cast", "look"]
PAGE = reverse("me_best") + "?body=QL-B1&year=2025"


@pytest.fixture(autouse=True)
def january(settings: Any) -> None:
    settings.TODAY = "2026-01-12T09:00"


def get(account: Account, url: str = PAGE) -> HttpResponse:
    return _client(account).get(url)  # type: ignore[return-value]


def post(account: Account, name: str, **said: Any) -> HttpResponse:
    return _client(account).post(reverse(name) + "?body=QL-B1&year=2025", said)  # type: ignore[return-value]


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: HttpResponse) -> str:
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def put(found: list[Account], scores: list[str]) -> dict[str, Any]:
    """A form in which these are ticked."""
    pks = [one.person_id for one in found]
    said: dict[str, Any] = {"put": pks}
    said |= {f"score-{pk}": score for pk, score in zip(pks, scores, strict=True)}
    return said | {f"reason-{pk}": "带头攻关炉衬寿命" for pk in pks}


def test_the_limit_is_said_with_how_it_was_worked_out(cast: Cast) -> None:
    """王书记, 何组长, 李班长, 马主任 … of the converters and five more: a third, cut to whole persons."""
    people(cast, 5)
    people(cast, 2, first=42001, status="probationary")
    page = get(cast.account["王书记"])
    view = page.context["view"]
    assert view.rated == len(view.candidates) and view.places == view.rated // 3
    said = words(page)
    assert f"可评 {view.places} 人" in said and f"参评的正式党员 {view.rated} 人 × 1/3 = " in said
    assert "预备党员 2 人参加评议，不评等次" in said and said.count("预备党员，不评等次") == 2


def test_members_stand_by_name_and_never_by_score(cast: Cast) -> None:
    found = people(cast, 5)
    post(cast.account["王书记"], "me_best", **put(found[:3], ["80", "99.5", "90"]))
    page = get(cast.account["王书记"])
    names = [one.person.name for one, _ in page.context["rows"] if one.put]
    assert names == [one.person.name for one in found[:3]]


def test_within_the_places_the_list_stands_at_once_with_its_reasons(cast: Cast) -> None:
    found = people(cast, 5)
    answer = post(cast.account["王书记"], "me_best", **put(found[:1], ["95.5"]))
    assert answer.status_code == 302
    row = QuotaList.objects.get()
    assert (row.state, row.year, row.body, row.nominees[0]["score"], row.nominees[0]["reason"]) == (
        "settled", 2025, cast.body["QL-B1"], 9550, "带头攻关炉衬寿命"
    )  # fmt: skip
    said = words(get(cast.account["王书记"]))
    assert "带头攻关炉衬寿命" in said and "<form" not in said.split("提名和理由")[1]


def test_what_cannot_be_read_is_told_by_name_and_kept(cast: Cast) -> None:
    found = people(cast, 3)
    wrong = put(found[:2], ["101", "88"]) | {f"reason-{found[1].person_id}": " "}
    answer = post(cast.account["王书记"], "me_best", **wrong)
    assert answer.status_code == 422
    assert f"{found[0].person.name}：民主评议得分填 0 到 100 的数，最多两位小数" in words(
        answer
    ) and 'value="101"' in words(answer)
    for text in ("9.555", "x", "", "-1"):
        assert post(cast.account["王书记"], "me_best", **put(found[:1], [text])).status_code == 422, text
    answer = post(cast.account["王书记"], "me_best", **(wrong | {f"score-{found[0].person_id}": "91"}))
    assert answer.status_code == 422 and f"{found[1].person.name}：请写明为什么评优秀" in words(answer)
    assert post(cast.account["王书记"], "me_best").status_code == 422
    assert not QuotaList.objects.exists()


def test_nobody_names_himself_nor_goes_on_with_a_list_that_names_him(cast: Cast) -> None:
    membered.seat(cast)
    found = people(cast, 3)
    own = words(get(cast.account["王书记"])).split("王书记", 1)[1][:400]
    assert "本人，由另一名委员提名" in own
    answer = post(cast.account["王书记"], "me_best", **put([cast.account["王书记"]], ["99"]))
    assert answer.status_code == 422 and "王书记提名了自己" in words(answer)
    others = [cast.account["王书记"], *found]
    assert post(cast.account["何组长"], "me_best", **put(others, ["99", "98", "97", "97"])).status_code == 302
    assert QuotaList.objects.get().state == "open"
    answer = post(cast.account["王书记"], "me_best", **put(found[:1], ["99"]))
    assert answer.status_code == 422 and "提名里有您本人" in words(answer)


def test_a_tie_at_the_edge_is_decided_by_one_and_confirmed_by_another(cast: Cast) -> None:
    membered.seat(cast)
    found = people(cast, 3)
    places = get(cast.account["王书记"]).context["view"].places
    assert places < 3
    post(cast.account["王书记"], "me_best", **put(found, ["90", "90", "90"]))
    said = words(get(cast.account["王书记"]))
    assert f"从同分的里选，最多 {places} 个" in said
    chosen = [one.person.staff_no for one in found[:places]]
    post(cast.account["王书记"], "me_best_decide", chosen=chosen, ground="支委会 1 月 8 日")
    post(cast.account["王书记"], "me_best_confirm")
    assert QuotaList.objects.get().state == "decided", "not by who entered it"
    post(cast.account["何组长"], "me_best_back")
    assert QuotaList.objects.get().state == "open"
    post(cast.account["王书记"], "me_best_decide", chosen=chosen, ground="支委会 1 月 9 日")
    post(cast.account["何组长"], "me_best_confirm")
    row = QuotaList.objects.get()
    assert (row.state, row.chosen) == ("settled", chosen)


@pytest.mark.parametrize("name", ["孙干事", "高书记", "马主任", "李班长", "何组长", "吴师傅", "郑师傅", "邻厂书记"])
def test_others_meet_nothing(cast: Cast, name: str) -> None:
    people(cast, 3)
    assert get(cast.account[name]).status_code in (403, 404)
    for step in ("me_best", "me_best_decide", "me_best_confirm", "me_best_back"):
        assert post(cast.account[name], step, ground="x").status_code in (403, 404)
    assert not QuotaList.objects.exists()


def test_three_members_more_cost_no_query_more(cast: Cast) -> None:
    people(cast, 1)
    client = _client(cast.account["王书记"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    people(cast, 3, first=43001)
    with CaptureQueriesContext(connection) as more:
        client.get(PAGE)
    assert len(more) == len(one)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_holds_on_phone_and_desk(cast: Cast, look: Look, width: int) -> None:
    membered.seat(cast)
    found = people(cast, 4)
    people(cast, 1, first=42001, status="probationary")
    client = _client(cast.account["王书记"])
    check(look(PAGE, width=width, cookies=client.cookies), "best-form")
    post(cast.account["王书记"], "me_best", **put(found, ["90", "90", "90", "88"]))
    check(look(PAGE, width=width, cookies=client.cookies), "best-tied")
