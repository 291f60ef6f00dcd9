"""The shift terminal: everyone sees the line; who says who he is may report; of him nothing is left for the next one."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Account, Case
from ronglu.tasks.boards import build_plant
from ronglu.web.kiosk import holder, seal
from ronglu.work import pins
from tests.cast import AT, PASSWORD, PEOPLE, Cast, cast, make_cast
from tests.facts.plant_month import AT as BUILT_AT
from tests.facts.plant_month import make_march
from tests.web.pages import Look, axe, complaints, no_overflow, shoot
from tests.work.loops_cast import report, zone

__all__ = ["cast"]
PINS = {"李班长": "830274", "何组长": "592610"}
HOME = reverse("kiosk")
HAZARD = reverse("kiosk_raise", args=["hazard"])
DRAFT = reverse("kiosk_draft")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = "2026-03-10T09:00"
    cache.clear()


def set_up(cast: Cast) -> Client:
    """A terminal at the converter line, logged in; two people with PINs."""
    roles = [f"kiosk@unit:{cast.unit['QL-R1'].pk}"]
    account = Account.objects.create_user("kiosk-r1", None, label="转炉线终端", roles=roles, must_change=False)
    for name, pin in PINS.items():
        pins.set_pin(account=cast.account[name], pin=pin, at=AT)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def terminal(cast: Cast) -> Client:
    return set_up(cast)


def known(client: Client, name: str = "李班长", goal: str = HAZARD) -> Any:
    form = {"staff_no": PEOPLE[name][0], "pin": PINS[name], "next": goal}
    return client.post(reverse("kiosk_pin"), form)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sealed(ticket: str, typed: dict[str, str]) -> str:
    """As the page's script does it."""
    pad = base64.b64decode(seal.read(ticket).pad)  # type: ignore[union-attr]
    plain = json.dumps(typed).encode()
    noise = bytes(a ^ b for a, b in zip(plain, pad, strict=False))
    return f"{base64.b64encode(noise).decode()}.{tag(noise, pad[-32:])}"


def tag(noise: bytes, keys: bytes) -> str:
    """Poly1305 as RFC 8439 writes it, with the whole keys and modulo the prime to the end."""
    point, shift, prime = int.from_bytes(keys[:16], "little"), int.from_bytes(keys[16:], "little"), 2**130 - 5
    blocks = [int.from_bytes(noise[at : at + 16] + b"\1", "little") for at in range(0, len(noise), 16)]
    return f"{(sum(one * pow(point, len(blocks) - no, prime) for no, one in enumerate(blocks)) + shift) % prime:x}"


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
    known(terminal)
    begun = time.time()
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


def test_a_sealed_draft_arrives_after_its_writer_has_gone_and_only_once(cast: Cast, terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    terminal.post(reverse("kiosk_over"))
    known(terminal, "何组长")
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "kind": "fire", "what": "阀门漏氧"})}
    answers = [terminal.post(DRAFT, draft) for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    case = Case.objects.get()
    assert (case.raised_by, case.data["what"]) == (cast.person["李班长"], "阀门漏氧")


def test_a_draft_is_opened_for_its_writer_only(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "what": "写到一半"}), "open": "1"}
    known(terminal, "何组长")
    answer = terminal.post(DRAFT, draft)
    assert (answer.status_code, answer.content) == (409, b"")
    known(terminal)
    assert "写到一半" in words(terminal.post(DRAFT, draft))


def test_a_refused_draft_is_kept_for_its_writer(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    terminal.post(reverse("kiosk_over"))
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "what": "没有选哪一类"})}
    assert terminal.post(DRAFT, draft).status_code == 409
    assert not Case.objects.exists()


@pytest.mark.parametrize("ticket", ["", "made-up", "WzEsICJhYmMiXQ:1abc:xyz"])
def test_a_ticket_that_is_not_ours_brings_nothing_in(terminal: Client, ticket: str) -> None:
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": "AAAA"}).status_code == 410


@pytest.mark.parametrize("change", ["word", "tag", "no tag", "longer"])
def test_a_draft_changed_while_it_waited_is_refused(terminal: Client, change: str) -> None:
    """Whoever knows the form knows what stands where: without the tag he could turn one word into another."""
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    noise, _, mark = sealed(ticket, {"kind": "fire", "loop": "hazard", "what": "a"}).partition(".")
    other = bytearray(base64.b64decode(noise))
    other[10:14] = bytes(a ^ b ^ c for a, b, c in zip(other[10:14], b"fire", b"site", strict=True))
    changed = {
        "word": f"{base64.b64encode(other).decode()}.{mark}", "tag": f"{noise}.{int(mark, 16) ^ 1:x}", "no tag": noise,
        "longer": f"{base64.b64encode(base64.b64decode(noise) + b'0').decode()}.{mark}",
    }  # fmt: skip
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": changed[change]}).status_code == 410
    assert not Case.objects.exists()


def test_a_ticket_is_good_for_a_day(terminal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    noise = sealed(ticket, {"loop": "hazard", "kind": "fire"})
    assert seal.KEPT == 24 * 3600
    monkeypatch.setattr(seal, "KEPT", -1)
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": noise}).status_code == 410


def test_what_is_stored_can_be_read_by_nobody_without_the_servers_secret(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"]
    noise = sealed(ticket.text, {"what": "a" * 60})
    assert len(set(base64.b64decode(noise.partition(".")[0]))) > 30 and seal.new(ticket.account).pad != ticket.pad


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


# --- in a real browser


@pytest.fixture
def house(transactional_db: None) -> Cast:
    return make_cast()


def sound(page: Any, name: str) -> None:
    """Large targets, nothing to scroll, and what every page must be."""
    shoot(page, name)
    inner = page.evaluate(
        "() => { const e = document.querySelector('main'); return [e.scrollHeight, e.clientHeight]; }"
    )
    tall = page.evaluate("() => [document.documentElement.scrollHeight, innerHeight]")
    small = page.evaluate("""() => [...document.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden])')]
      .filter(e => e.checkVisibility() && (e.closest('label') || e).getBoundingClientRect().height < 63.5).map(e => e.outerHTML.slice(0, 80))""")
    assert tall[0] <= tall[1] and inner[0] <= inner[1], (name, tall, inner)
    assert (small, no_overflow(page), axe(page), complaints(page)) == ([], [], [], []), name


def enter(page: Any, name: str) -> None:
    """The keys on the screen, as with gloves."""
    page.focus("#staff_no")
    for figure in PEOPLE[name][0]:
        page.click(f"[data-key='{figure}']")
    page.focus("#pin")
    for figure in PINS[name]:
        page.click(f"[data-key='{figure}']")
    page.click("main button[type=submit]")


@pytest.mark.browser
def test_the_pages_fit_the_screen_and_the_glove(house: Cast, look: Look) -> None:
    client = set_up(house)
    place = zone(house)
    for number in range(8):
        report(
            house,
            "吴师傅",
            zone=place,
            given={"kind": "fire", "what": f"第 {number} 件：氧枪阀门密封面渗漏，巡检时闻到异味，需停氧处理"},
        )
    page = look(HOME, height=768, cookies=client.cookies)
    sound(page, "kiosk")
    page.click("text=报隐患 >> nth=0")
    page.wait_for_selector("#pin")
    sound(page, "kiosk-pin")
    enter(page, "李班长")
    page.wait_for_selector("form[data-sealed]")
    sound(page, "kiosk-form")
    page.locator(".kiosk-tile", has_text="电气").click()
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-sent]")
    sound(page, "kiosk-sent")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_todo"))
    sound(page, "kiosk-todo")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_raise", args=["idea"]))
    sound(page, "kiosk-idea")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_zones"))
    sound(page, "kiosk-zones")


@pytest.mark.browser
def test_the_lines_figures_stand_on_the_first_page(house: Cast, look: Look, settings: Any, tmp_path: Path) -> None:
    """March of the converter line: 430 kg of coal to 10 t each shift, planned 42 kg/t (worked out in plant_month)."""
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03T09:00"
    line = house.unit["QL-R1"]
    make_march(plant=line.plant, line=line, by=house.account["周统计员"])
    build_plant(plant=line.plant, at=BUILT_AT)
    for number in range(8):
        report(house, "吴师傅", unit=line, given={"kind": "fire", "what": f"第 {number} 件：氧枪阀门密封面渗漏"})
    page = look(HOME, height=768, cookies=set_up(house).cookies)
    said = page.inner_text("main")
    assert "2026 年 3 月在轨吗" in said and "930.00 t" in said and "43.00" in said and "没办完 8 件" in said
    sound(page, "kiosk-march")


@pytest.mark.browser
def test_a_narrow_screen_holds_it_too(house: Cast, look: Look) -> None:
    client = set_up(house)
    page = look(HOME, width=360, cookies=client.cookies)
    assert (no_overflow(page), axe(page)) == ([], [])
    shoot(page, "kiosk")


def at_the_form(house: Cast, look: Look) -> Any:
    client = set_up(house)
    zone(house)
    known(client)
    page = look(HAZARD, height=768, cookies=client.cookies)
    page.locator(".kiosk-tile", has_text="电气").click()
    page.fill("textarea", "配电柜门没有关")
    return page


def left_behind(page: Any) -> str:
    """All that the next person could read: the screen and what is stored."""
    return str(
        page.evaluate(
            "() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
        )
    )


@pytest.mark.browser
def test_a_cut_network_keeps_the_report_and_stores_it_once(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=网络断了。内容已密存在终端里")
    assert "配电柜" not in left_behind(page) and not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_function("() => !Object.keys(localStorage).length", timeout=20000)
    case = Case.objects.get()
    assert (case.raised_by, case.data["what"]) == (house.person["李班长"], "配电柜门没有关")


@pytest.mark.browser
def test_hand_over_during_a_cut_leaves_nothing_to_read_and_loses_nothing(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=网络断了。内容已密存在终端里")
    page.click("[data-hand-over] button")
    page.wait_for_selector("text=已交接。网络断了，正在重连")
    seen = left_behind(page)
    assert not [one for one in ("李班长", PEOPLE["李班长"][0], "配电柜", PINS["李班长"]) if one in seen]
    page.context.set_offline(False)
    page.wait_for_selector("[data-refresh]", timeout=20000)
    page.wait_for_function("() => !Object.keys(localStorage).length", timeout=20000)
    assert Case.objects.get().raised_by == house.person["李班长"]
    assert "李班长" not in left_behind(page)


@pytest.mark.browser
def test_what_was_half_typed_at_hand_over_is_there_for_the_same_pin_only(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.click("[data-hand-over] button")
    page.wait_for_selector("[data-refresh]")
    assert "配电柜" not in left_behind(page) and not Case.objects.exists()
    page.click("text=输工号和 PIN")
    enter(page, "何组长")
    page.wait_for_selector("[data-refresh]")
    assert page.locator("text=有一份没有报完的草稿").count() == 0
    page.click("[data-hand-over] button")
    page.click("a:has-text('输工号和 PIN')")
    enter(page, "李班长")
    page.click("text=有一份没有报完的草稿")
    assert page.locator("textarea").input_value() == "配电柜门没有关"
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-sent]")
    assert page.evaluate("() => Object.keys(localStorage)") == []
    assert Case.objects.count() == 1


@pytest.mark.browser
def test_left_alone_the_page_forgets_by_itself(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.evaluate("() => { document.body.dataset.idle = 300; }")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-refresh]")
    assert not [one for one in ("李班长", "配电柜") if one in left_behind(page)]
