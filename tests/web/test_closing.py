"""The close of a month in the browser: proposed, closed by another, adjusted, ruled on; what others see of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import Adjustment, AdjustmentLine, AdjustmentTotal, Case, Closing, Ruling, Seal
from ronglu.work import closings
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check
from tests.web.scored import scored

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 24)


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.TODAY = f"{ON}T09:00:00"
    settings.HOME = tmp_path


def proposed(cast: Cast) -> Closing:
    scored(cast)
    return closings.propose(
        plant=cast.plant, month=closings.Period.month(2026, 3), by=cast.account["孙干事"], on=ON, at=AT
    )


def done(cast: Cast) -> Closing:
    return closings.close(closing=proposed(cast), files={}, by=cast.account["高书记"], on=ON, at=AT)


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_proposes_and_only_another_is_offered_the_close(cast: Cast, client: Client) -> None:
    scored(cast)
    answer = cast.login(client, "孙干事").post("/closing/propose/?month=2026-03", follow=True)
    text = answer.content.decode()
    assert "已提请关账" in text
    assert "提请的人不能自己关账" in text
    asked = Closing.objects.get()
    other = said(cast.login(client, "高书记"), "/closing/?month=2026-03")
    assert f'action="/closing/{asked.pk}/close/?month=2026-03"' in other


def test_the_close_is_queued_for_the_second_person_and_refused_to_the_first(cast: Cast, client: Client) -> None:
    asked = proposed(cast)
    address = f"/closing/{asked.pk}/close/"
    text = cast.login(client, "孙干事").post(address, follow=True).content.decode()
    assert "提请的人不能自己复核关账" in text
    answer = cast.login(client, "高书记").post(address)
    assert answer["Location"].startswith("/sheet/jobs/")
    asked.refresh_from_db()
    assert asked.state == "proposed", "the worker closes it"


def test_what_stands_against_the_close_is_said_in_words(cast: Cast, client: Client) -> None:
    run = scored(cast)
    run.results.filter(item="C4").update(state="awaiting_review")
    text = said(cast.login(client, "孙干事"), "/closing/?month=2026-03")
    assert "C4 还有 3 处待评：请评审人先评完" in text
    assert "/closing/propose/" not in text


def test_a_branch_secretary_reads_the_close_and_is_offered_nothing(cast: Cast, client: Client) -> None:
    done(cast)
    text = said(cast.login(client, "王书记"), "/closing/?month=2026-03")
    assert Seal.objects.get().digest in text
    assert 'method="post" action="/closing/' not in text


def test_the_digest_to_keep_outside_is_the_newest_one(cast: Cast, client: Client) -> None:
    seal = done(cast).seal
    assert seal is not None
    answer = cast.login(client, "王书记").get("/closing/seals/head.txt")
    assert answer.content.decode() == f"qinglan 1 2026-03 SHA256 {seal.digest}\n"
    assert seal.digest in said(client, "/closing/seals/")


def adjusted(cast: Cast, by: str | None = None) -> Adjustment:
    made = Adjustment.objects.create(
        closing=done(cast), number=1, state="proposed", cause="磅单补到", proposed_at=AT,
        proposed_by=cast.account[by] if by else None,
    )  # fmt: skip
    for code, before, after in (("QL-B1", 703, 584), ("QL-B2", 100, 400)):
        AdjustmentLine.objects.create(
            adjustment=made, body=cast.body[code], item="D3", state_before="scored", state_after="scored", before=before,
            after=after,
        )  # fmt: skip
    AdjustmentTotal.objects.create(
        adjustment=made, body=cast.body["QL-B1"], scale="fusion", applicable=10_000, available=9_000, won=8_000, before=9021,
        converted=8888, grade_before="excellent", grade="good",
    )  # fmt: skip
    return made


def test_an_adjustment_shows_the_signed_difference_of_the_readers_own_branches(cast: Cast, client: Client) -> None:
    adjusted(cast)
    text = said(cast.login(client, "王书记"), "/closing/?month=2026-03")
    assert "−1.19" in text
    assert "90.21" in text and "88.88" in text and "−1.33" in text
    assert "+3.00" not in text, "精炼党支部 is not his"
    assert "+3.00" in said(cast.login(client, "高书记"), "/closing/?month=2026-03")


def test_an_adjustment_is_agreed_to_by_another_than_who_asked(cast: Cast, client: Client) -> None:
    made = adjusted(cast, by="孙干事")
    address = f"/closing/adjustments/{made.pk}/approve/"
    assert "不能自己复核" in cast.login(client, "孙干事").post(address, follow=True).content.decode()
    assert "调整已生效" in cast.login(client, "高书记").post(address, follow=True).content.decode()
    made.refresh_from_db()
    assert (made.state, made.seal.number) == ("approved", 2)


def test_an_adjustment_is_refused_with_a_reason_only(cast: Cast, client: Client) -> None:
    made = adjusted(cast)
    address = f"/closing/adjustments/{made.pk}/reject/"
    assert "请写明为什么不采纳" in cast.login(client, "高书记").post(address, follow=True).content.decode()
    client.post(address, {"why": "磅单不是本厂的"})
    made.refresh_from_db()
    assert (made.state, made.why) == ("rejected", "磅单不是本厂的")


def accepted(cast: Cast) -> Case:
    return Case.objects.create(
        plant=cast.plant, loop="appeal", version=1, number="SS-2026-0001", title="D3 煤耗", state="corrected",
        phase="closed", data={"against": "score"}, raised_at=AT, entered_at=AT,
    )  # fmt: skip


def test_a_ruling_goes_from_the_appeal_to_the_signature_of_another(cast: Cast, client: Client) -> None:
    scored(cast)
    accepted(cast)
    row = {"case": "SS-2026-0001", "body": "QL-B1", "item": "D3", "won": "8", "ground": "皮带秤校验不合格"}
    text = cast.login(client, "孙干事").post("/closing/rulings/?month=2026-03", row, follow=True).content.decode()
    assert "等另一人签认" in text
    made = Ruling.objects.get()
    assert (made.won, made.state) == (800, "entered")
    client.post(f"/closing/rulings/{made.pk}/sign/")
    made.refresh_from_db()
    assert made.state == "entered", "not by the one who entered it"
    cast.login(client, "高书记").post(f"/closing/rulings/{made.pk}/sign/")
    made.refresh_from_db()
    assert made.state == "signed"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"item": "D3", "won": ""}, "写明改判得分"),
        ({"item": "D3", "won": "9"}, "满分 8"),
        ({"item": "D3", "won": "8", "ground": ""}, "必填"),
        ({"item": "Z9", "won": "8"}, "选择"),
    ],
)
def test_a_ruling_that_cannot_be_is_refused_in_words(
    cast: Cast, client: Client, row: dict[str, str], word: str
) -> None:
    scored(cast)
    accepted(cast)
    whole = {"case": "SS-2026-0001", "body": "QL-B1", "ground": "见附件", **row}
    text = cast.login(client, "孙干事").post("/closing/rulings/?month=2026-03", whole, follow=True).content.decode()
    assert word in text
    assert not Ruling.objects.exists()


def test_the_page_costs_the_same_with_three_adjustments_as_with_one(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    made = adjusted(cast)
    cast.login(client, "高书记")
    said(client, "/closing/?month=2026-03")
    with django_assert_max_num_queries(60) as one:
        said(client, "/closing/?month=2026-03")
    for number in (2, 3):
        more = Adjustment.objects.create(
            closing=made.closing, number=number, state="approved", cause="再更正", proposed_at=AT
        )
        AdjustmentLine.objects.create(
            adjustment=more,
            body=cast.body["QL-B3"],
            item="D1",
            state_before="scored",
            state_after="scored",
            before=1,
            after=2,
        )
    with django_assert_max_num_queries(60) as three:
        said(client, "/closing/?month=2026-03")
    assert len(three) == len(one)


def test_what_was_never_sealed_has_no_certificate(cast: Cast, client: Client) -> None:
    """No verb closes a month without its seal; a row that somebody changed in the tables is not vouched for."""
    asked = proposed(cast)
    Closing.objects.filter(pk=asked.pk).update(state="closed", closed_by=cast.account["高书记"], closed_at=AT)
    cast.login(client, "高书记")
    assert client.get("/closing/certificate/?month=2026-03").status_code == 404
    assert "未关账" not in said(client, "/closing/?month=2026-03")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_look_right(look: Any, client: Client, width: int) -> None:
    from tests.cast import make_cast

    cast = make_cast()
    adjusted(cast)
    accepted(cast)
    cast.login(client, "高书记")
    check(look("/closing/?month=2026-03", width=width, cookies=client.cookies), f"closing-{width}")
    check(look("/closing/seals/", width=width, cookies=client.cookies), f"seals-{width}")
