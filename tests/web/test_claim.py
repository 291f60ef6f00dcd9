"""With the claim code one sees who has it, what was decided, why not and by when; without it nobody sees anything."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Case, CaseStep
from ronglu.work import attachments
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone
from tests.work.test_cases import DAY, FRIDAY, close, five

__all__ = ["cast"]
CLAIM = reverse("claim")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    cache.clear()


def asked(claim: str, client: Client | None = None) -> Any:
    return (client or Client()).post(CLAIM, {"claim": claim})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_code_opens_the_case_in_any_spelling(cast: Cast) -> None:
    raised = report(cast, None, zone=zone(cast))
    plain = raised.claim
    for spelled in (plain, plain.lower(), f"{plain[:4]} {plain[4:8]}-{plain[8:]}"):
        answer = asked(spelled)
        assert answer.status_code == 200 and "法兰渗水" in words(answer)


def test_it_tells_whose_turn_it_is_what_was_decided_and_by_when_without_a_name(cast: Cast) -> None:
    raised = report(cast, None, zone=zone(cast))
    five(cast, raised.case)
    said = words(asked(raised.claim))
    for part in (
        "<b>整改中</b>", "转炉甲班 整改责任人", "<dd>03-13</dd>", "更换石墨垫片", "待办，03-13 前", "等级：一般",
        "整改期限：2026-03-13", "五落实，开始整改",
    ):  # fmt: skip
        assert part in said, part
    assert not [name for name in cast.names if name in said]


def test_a_request_without_a_name_is_answered_to_the_holder_of_its_code(cast: Cast) -> None:
    request = LOOPS["request"]
    raised = report(cast, None, loop=request, given={"topic": "pay", "what": "夜班补贴少了"})
    step(cast, raised.case, "冯主席", "assign", loop=request, answer_by="2026-03-20", handler="孙干事")
    step(cast, raised.case, "孙干事", "reply", loop=request, reply="少算两班\n下月补", measure="<b>补发</b>")
    said = words(asked(raised.claim))
    assert "答复：少算两班<br>下月补" in said and "采取的办法：&lt;b&gt;补发&lt;/b&gt;" in said
    assert not [name for name in cast.names if name in said]


def test_why_not_is_told_too(cast: Cast) -> None:
    raised = report(cast, None, zone=zone(cast))
    step(cast, raised.case, "赵安全员", "void", reason="是检修排水，不是渗漏")
    said = words(asked(raised.claim))
    assert "<b>不成立</b>" in said and "是检修排水，不是渗漏" in said


def test_a_report_that_joined_another_case_is_followed_there(cast: Cast) -> None:
    place = zone(cast)
    first = report(cast, "吴师傅", zone=place, given={"kind": "equipment", "what": "吴师傅写的原话"}).case
    close(cast, first, five(cast, first))
    again = report(cast, None, zone=place, at=AT + 20 * DAY)
    said = words(asked(again.claim))
    assert "已并入 YH-2026-0001，一起办" in said and "<b>待五落实</b>" in said
    assert "吴师傅写的原话" not in said


def test_nothing_of_a_confidential_case_is_told_to_who_joined_it(cast: Cast) -> None:
    place = zone(cast)
    first = report(cast, zone=place).case
    close(cast, first, five(cast, first))
    again = report(cast, None, zone=place, at=AT + 20 * DAY)
    Case.objects.filter(pk=first.pk).update(secrecy="confidential")
    assert "YH-2026-0001，一起办" not in words(asked(again.claim))


def test_returned_measures_and_who_did_them_stay_inside(cast: Cast) -> None:
    raised = report(cast, None, zone=zone(cast))
    five(cast, raised.case)
    row = line(cast, raised.case, "赵安全员", who="李班长", due_on=FRIDAY, measure="加托盘接水")
    settle(cast, row, "李班长", "done")
    said = words(asked(raised.claim))
    assert "加托盘接水" in said and "待验收，03-13 前" in said and "measure" not in said.split("<main")[1]


@pytest.mark.parametrize("code", ["", "ABCD EFGH JKMN", "x" * 400, "\0", "' or 1=1 --"])
def test_a_wrong_code_opens_nothing_and_says_what_a_code_looks_like(cast: Cast, code: str) -> None:
    report(cast, "吴师傅", zone=zone(cast))
    answer = asked(code)
    assert answer.status_code == 404 and "没有这个取件码" in words(answer)


def test_guessing_is_slowed_down_for_everyone_alike(cast: Cast) -> None:
    raised = report(cast, None, zone=zone(cast))
    for number in range(30):
        assert asked(f"WRNG{number}").status_code == 404
    answer = asked(raised.claim)
    assert answer.status_code == 429 and "请过一分钟再查" in words(answer) and "法兰渗水" not in words(answer)


def test_asking_leaves_no_trace_and_sets_no_cookie(cast: Cast, client: Client) -> None:
    raised = report(cast, None, zone=zone(cast))
    cast.login(client, "吴师傅")
    before = client.session.items(), CaseStep.objects.count()
    answer = asked(raised.claim, client)
    assert not answer.cookies and (client.session.items(), CaseStep.objects.count()) == before


def test_a_code_never_stands_in_an_address(cast: Cast, client: Client) -> None:
    raised = report(cast, None, zone=zone(cast))
    assert "法兰渗水" not in words(client.get(CLAIM, {"claim": raised.claim}))


def test_his_own_picture_is_shown_to_the_holder_of_the_code_for_a_while(cast: Cast, client: Client) -> None:
    raised = report(cast, None, zone=zone(cast))
    attachments.attach(case=raised.case, name="李班长.jpg", data=b"drawn", suffix=".jpg", at=AT)
    said = words(asked(raised.claim))
    url = said.split("/claim/file/")[1].split('"')[0]
    answer = client.get(f"/claim/file/{url}")
    assert b"".join(answer.streaming_content) == b"drawn"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert client.get(f"/claim/file/{url[:-2]}xx/").status_code == 404


def test_a_named_persons_picture_is_never_served_this_way(cast: Cast, client: Client) -> None:
    from ronglu.web.claim.views import signer

    case = report(cast, "吴师傅").case
    row = attachments.attach(
        case=case, name="x.jpg", data=b"drawn", suffix=".jpg", at=AT, by=cast.account["吴师傅"]
    )  # fmt: skip
    assert client.get(reverse("claim_file", args=[signer.sign(str(row.pk))])).status_code == 404


@pytest.fixture
def house(transactional_db: None) -> Cast:
    return make_cast()


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    raised = report(house, None, zone=zone(house))
    five(house, raised.case)
    page = look(CLAIM, width=width)
    check(page, "claim")
    page.fill("#claim", raised.claim.lower())
    page.click("button[type=submit]")
    page.wait_for_selector("main[data-told]")
    check(page, "claim-told")
