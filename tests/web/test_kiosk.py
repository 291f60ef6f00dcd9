"""The shift terminal: everyone sees the line; who says who he is may report; of him nothing is left for the next one."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Account, Case
from ronglu.web.kiosk import holder
from ronglu.work import pins
from tests.cast import AT, PASSWORD, PEOPLE, Cast, cast
from tests.web.terminals import HAZARD, HOME, known, moment, terminal, words
from tests.work.loops_cast import report, zone

__all__ = ["cast", "moment", "terminal"]


def test_everyone_sees_the_line_its_shift_and_what_is_not_done_but_no_name(cast: Cast, terminal: Client) -> None:
    report(cast, "吴师傅", zone=zone(cast), given={"kind": "fire", "what": "阀门漏氧"})
    report(cast, "吴师傅", unit=cast.unit["QL-F1-甲"], given={"kind": "fire", "what": "别的线上的"})
    said = words(terminal.get(HOME))
    assert "转炉线" in said and "没办完 1 件" in said and "阀门漏氧" in said and "03-11 前" in said
    assert "别的线上的" not in said
    assert not [name for name in PEOPLE if name in said.replace("何组长", "")]


def test_confidential_cases_are_not_handed_over_on_a_screen(cast: Cast, terminal: Client) -> None:
    report(cast, "吴师傅")
    Case.objects.update(secrecy="confidential")
    assert "没有欠账" in words(terminal.get(HOME))


@pytest.mark.parametrize("url", [HAZARD, reverse("kiosk_todo")])
def test_what_is_a_persons_asks_for_his_pin_first(terminal: Client, url: str) -> None:
    answer = terminal.get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('kiosk_pin')}?next={url}")


def test_with_number_and_pin_he_reports_under_his_name(cast: Cast, terminal: Client) -> None:
    assert known(terminal)["Location"] == HAZARD
    form = terminal.get(HAZARD)
    assert "李班长" in words(form)
    place = zone(cast)
    answer = terminal.post(HAZARD, {
        "kind": "fire", "what": "阀门漏氧", "zone": str(place.pk), "ticket": form.context["ticket"].text,
    })  # fmt: skip
    case = Case.objects.get()
    assert answer.status_code == 200 and case.number in words(answer)
    assert (case.raised_by, case.zone, case.unit, case.origin, case.data) == (
        cast.person["李班长"], place, cast.unit["QL-R1-甲"], "kiosk", {"kind": "fire", "what": "阀门漏氧", "source": "seen"}
    )  # fmt: skip


def test_an_idea_is_told_in_the_same_way(cast: Cast, terminal: Client) -> None:
    known(terminal)
    url = reverse("kiosk_raise", args=["idea"])
    ticket = terminal.get(url).context["ticket"].text
    terminal.post(url, {"what": "换成缓冲托辊", "forecast": "12000", "ticket": ticket})
    case = Case.objects.get()
    assert (case.loop, case.raised_by, case.unit, case.data["forecast"]) == (
        "idea", cast.person["李班长"], cast.unit["QL-R1"], "12000.00"
    )  # fmt: skip


def test_other_loops_are_not_for_a_terminal(terminal: Client) -> None:
    known(terminal)
    assert terminal.get(reverse("kiosk_raise", args=["appeal"])).status_code == 404


def test_a_refusal_keeps_what_was_typed(terminal: Client) -> None:
    known(terminal)
    answer = terminal.post(HAZARD, {"kind": "", "what": "阀门漏氧"})
    assert answer.status_code == 422 and "请填写“哪一类”" in words(answer) and "阀门漏氧" in words(answer)


def test_his_inbox_shows_what_waits_for_him_and_nobody_elses(cast: Cast, terminal: Client) -> None:
    report(cast, "吴师傅", zone=zone(cast), given={"kind": "fire", "what": "阀门漏氧"})
    known(terminal)
    said = words(terminal.get(reverse("kiosk_todo")))
    assert "等您办的 1 件" in said and "阀门漏氧" in said
    known(terminal, "何组长")
    assert "没有等您办的" in words(terminal.get(reverse("kiosk_todo")))


def test_a_wrong_pin_says_how_many_tries_are_left(terminal: Client) -> None:
    form = {"staff_no": PEOPLE["李班长"][0], "pin": "000111"}
    answers = [terminal.post(reverse("kiosk_pin"), form) for _ in range(5)]
    assert [one.status_code for one in answers] == [401, 401, 401, 401, 429]
    assert "再错 4 次将锁 15 分钟" in words(answers[0]) and "已锁 15 分钟" in words(answers[4])
    assert "000111" not in words(answers[0])


def test_hand_over_leaves_nobody(terminal: Client) -> None:
    known(terminal)
    terminal.get(HAZARD)
    terminal.post(reverse("kiosk_over"))
    assert "李班长" not in words(terminal.get(HOME)) and holder.KEY not in terminal.session
    assert terminal.get(HAZARD).status_code == 302


def test_two_quiet_minutes_leave_nobody(terminal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    monkeypatch.setattr(holder.time, "time", lambda: begun)
    known(terminal)
    monkeypatch.setattr(holder.time, "time", lambda: begun + 119)
    assert terminal.get(HAZARD).status_code == 200
    monkeypatch.setattr(holder.time, "time", lambda: begun + 119 + 120)
    assert terminal.get(HAZARD).status_code == 302


def test_the_end_of_the_shift_leaves_nobody(terminal: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known(terminal)
    kept = terminal.session
    kept[holder.KEY] |= {"until": "2026-03-10T16:00:00"}
    kept.save()
    settings.TODAY = "2026-03-10T15:59:59"
    assert terminal.get(HAZARD).status_code == 200
    settings.TODAY = "2026-03-10T16:00:00"
    assert terminal.get(HAZARD).status_code == 302


def test_a_closed_account_is_nobody_at_once(cast: Cast, terminal: Client) -> None:
    known(terminal)
    Account.objects.filter(pk=cast.account["李班长"].pk).update(is_active=False)
    assert terminal.get(HAZARD).status_code == 302


def test_who_comes_next_forgets_who_was_there(terminal: Client) -> None:
    known(terminal)
    terminal.get(reverse("kiosk_pin"))
    assert holder.KEY not in terminal.session


def test_without_a_name_the_page_behind_the_label_is_opened(cast: Cast, terminal: Client) -> None:
    place = zone(cast)
    known(terminal)
    said = words(terminal.get(reverse("kiosk_zones")))
    assert f"/r/{place.token}/?kiosk" in said and holder.KEY not in terminal.session


def test_only_a_terminal_has_these_pages(cast: Cast, client: Client) -> None:
    cast.login(client, "李班长")
    assert client.get(HOME).status_code == 403


def test_the_administrator_opens_a_terminal_for_a_line_and_it_lands_on_its_page(cast: Cast, client: Client) -> None:
    url = reverse("terminal_new")
    form = {"unit": cast.unit["QL-R1"].pk, "staff_no": "终端-转炉"}
    answer = cast.login(client, "系统管理员").post(url, form)
    account = Account.objects.get(staff_no="终端-转炉")
    assert account.roles == [f"kiosk@unit:{cast.unit['QL-R1'].pk}"] and account.must_change
    assert account.check_password(answer.context["password"])
    assert "账号 终端-转炉 已存在" in words(client.post(url, form))
    assert client.post(url, form | {"unit": cast.unit["QL-R1-甲"].pk}).status_code == 422
    Account.objects.update(must_change=False)
    other = Client()
    other.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert other.get("/")["Location"] == HOME and other.get(HOME).status_code == 200


def test_a_pin_is_set_on_ones_own_page_with_ones_password(cast: Cast, client: Client) -> None:
    cast.login(client, "王书记")
    good = {"password": PASSWORD, "pin1": "830275", "pin2": "830275"}
    for wrong, why in (
        ({"password": "x"}, "现在的口令不对"), ({"pin2": "830276"}, "两次输入的 PIN 不一样"),
        ({"pin1": "123456", "pin2": "123456"}, "太好猜"), ({"pin1": ""}, "三项都要填"),
    ):  # fmt: skip
        answer = client.post(reverse("pin"), good | wrong)
        assert answer.status_code == 422 and why in words(answer)
    assert client.post(reverse("pin"), good).status_code == 302
    tried = pins.identify(
        staff_no=PEOPLE["王书记"][0], pin="830275", unit=cast.unit["QL-R1"], terminal=cast.account["集团"], at=AT
    )  # fmt: skip
    assert tried.account == cast.account["王书记"]


def test_the_page_costs_the_same_at_one_case_and_at_three(cast: Cast, terminal: Client) -> None:
    place, counts = zone(cast), []
    terminal.get(HOME)
    for number in (1, 2):
        for part in range(number):
            report(cast, "吴师傅", zone=place, given={"kind": "fire", "what": f"{number}{part}"})
        with CaptureQueriesContext(connection) as seen:
            terminal.get(HOME)
        counts.append(len(seen))
    assert counts[0] == counts[1]
