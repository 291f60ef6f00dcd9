"""A zone's label is scanned: two taps report a hazard, with a name or without; nothing is lost and nothing is sent twice."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Case, CaseStep, Notice, Zone
from tests.cast import Cast, cast, make_cast
from tests.conftest import CHROMIUM
from tests.web.pages import WIDTHS, Look, check, complaints
from tests.work.loops_cast import report, zone

__all__ = ["cast"]
KEY = "0123456789abcdef0123456789abcdef"
NOW = "2026-03-10T14:37:21"


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = NOW
    cache.clear()


def post(client: Client, place: Zone, *, key: str = KEY, kind: str = "equipment", **more: Any) -> Any:
    return client.post(reverse("report", args=[place.token]), {"kind": kind, "key": key, **more})


def test_two_taps_raise_a_case_that_nobody_signed(cast: Cast, client: Client) -> None:
    place = zone(cast)
    answer = post(client, place)
    case = Case.objects.get()
    assert answer.status_code == 200 and "取件码" in answer.content.decode()
    assert (case.zone, case.unit, case.raised_by, case.data) == (
        place, cast.unit["QL-R1-甲"], None, {"kind": "equipment", "source": "seen"}
    )  # fmt: skip
    midnight = dt.datetime(2026, 3, 10)
    assert (case.raised_at, case.entered_at, case.origin) == (midnight, midnight, "web")
    step = CaseStep.objects.get()
    assert (step.at, step.by, step.person, step.origin) == (midnight, None, None, "web")
    notice = Notice.objects.get()
    assert (notice.person, notice.at, notice.from_at) == (cast.person["李班长"], midnight, midnight)


def test_it_says_who_has_it_and_by_when_but_no_name(cast: Cast, client: Client) -> None:
    words = post(client, zone(cast)).content.decode()
    assert "转炉甲班 责任区责任人 收到，03-11 前给出下一步" in words
    assert "李班长" not in words


def test_the_same_report_sent_again_is_answered_the_same_and_stored_once(cast: Cast, client: Client) -> None:
    place = zone(cast)
    first, again = post(client, place), post(Client(), place)
    assert claim_of(first) == claim_of(again)
    assert Case.objects.count() == 1


def test_a_page_gone_back_to_and_filled_in_anew_is_another_report(cast: Cast, client: Client) -> None:
    place = zone(cast)
    first, other = post(client, place), post(client, place, kind="fire")
    assert claim_of(first) != claim_of(other)
    assert Case.objects.count() == 2


def test_each_page_brings_a_key_of_its_own(cast: Cast, client: Client) -> None:
    url = reverse("report", args=[zone(cast).token])
    assert client.get(url).context["typed"].key != client.get(url).context["typed"].key


def test_a_refusal_says_why_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    answer = post(client, zone(cast), kind="", what="法兰渗水，地面有油")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“哪一类”" in words and "法兰渗水，地面有油" in words and KEY in words
    assert not Case.objects.exists()


def test_at_the_same_label_a_request_is_made_without_a_name_and_answered_to_its_code(
    cast: Cast, client: Client
) -> None:
    place = zone(cast)
    url = reverse("report_of", args=[place.token, "request"])
    assert f'href="{url}"' in client.get(reverse("report", args=[place.token])).content.decode()
    page = client.get(url).content.decode()
    for part in ("提诉求", "哪方面", "工资待遇", 'name="what" rows="4" maxlength="2000" required', 'name="hope"'):
        assert part in page, part
    said = {"kind": "pay", "what": "夜班补贴少了", "hope": "补发", "key": KEY}
    answer = client.post(url, said)
    case = Case.objects.get()
    assert (case.loop, case.zone, case.raised_by, case.body) == ("request", place, None, cast.body["QL-B1"])
    assert case.data == {"topic": "pay", "what": "夜班补贴少了", "hope": "补发"}
    claim = answer.context["sent"].claim
    assert "夜班补贴少了" in client.post(reverse("claim"), {"claim": claim}).content.decode()
    refused = client.post(url, said | {"what": "", "key": KEY[::-1]})
    assert refused.status_code == 422 and "请填写“诉求内容”" in refused.content.decode()
    assert "补发" in refused.content.decode() and not answer.cookies
    # what others asked for is not told to who stands here
    assert "未办完" not in client.get(url).content.decode()


@pytest.mark.parametrize("loop", ["idea", "bounty", "nothing"])
def test_what_needs_a_name_is_not_raised_at_a_label(cast: Cast, client: Client, loop: str) -> None:
    url = reverse("report_of", args=[zone(cast).token, loop])
    assert client.get(url).status_code == client.post(url, {"kind": "x", "key": KEY}).status_code == 404
    assert not Case.objects.exists()


def test_too_many_in_a_minute_are_refused_in_words_and_the_next_zone_is_not(cast: Cast, client: Client) -> None:
    place, other = zone(cast), zone(cast, code="Z2")
    for number in range(12):
        assert post(client, place, key=f"{KEY}{number}").status_code == 200
    answer = post(client, place, key=f"{KEY}x", what="还有一处")
    assert answer.status_code == 429
    assert "请过一分钟再点“报出”" in answer.content.decode() and "还有一处" in answer.content.decode()
    assert Case.objects.count() == 12
    assert post(client, other, key=f"{KEY}y").status_code == 200


def test_the_label_also_leads_to_what_became_of_an_earlier_report(cast: Cast, client: Client) -> None:
    shown = client.get(reverse("report", args=[zone(cast).token])).content.decode()
    assert f'href="{reverse("claim")}"' in shown
    assert f'href="{reverse("claim")}"' in client.get(reverse("login")).content.decode()


def test_an_unknown_label_and_one_of_a_closed_zone_say_what_to_do(cast: Cast, client: Client) -> None:
    place = zone(cast)
    Zone.objects.update(state="closed")
    for token in (place.token, "nobody"):
        answer = client.get(reverse("report", args=[token]))
        assert answer.status_code == 404 and "这个二维码已停用" in answer.content.decode()


def test_the_page_sets_no_cookie_and_does_not_look_who_is_logged_in(cast: Cast, client: Client) -> None:
    place = zone(cast)
    cast.login(client, "吴师傅")
    for answer in (client.get(reverse("report", args=[place.token])), post(client, place)):
        assert not answer.cookies
        assert "吴师傅" not in answer.content.decode()
    assert Case.objects.get().raised_by is None


def test_with_a_name_it_is_his_and_he_is_told(cast: Cast, client: Client) -> None:
    place = zone(cast)
    url = reverse("report_named", args=[place.token])
    assert client.get(url)["Location"] == f"{reverse('login')}?next=%2Fr%2F{place.token}%2Fnamed%2F"
    cast.login(client, "吴师傅")
    assert client.get(url).status_code == 200
    answer = client.post(url, {"kind": "site", "key": KEY, "what": "护栏松了"})
    case = Case.objects.get()
    assert (case.raised_by, case.claim, case.title) == (cast.person["吴师傅"], "", "护栏松了")
    assert "取件码" not in answer.content.decode() and reverse("case", args=[case.pk]) in answer.content.decode()


def test_another_one_with_the_same_key_raises_his_own(cast: Cast, client: Client) -> None:
    url = reverse("report_named", args=[zone(cast).token])
    for name in ("吴师傅", "何组长"):
        cast.login(client, name).post(url, {"kind": "site", "key": KEY})
    assert {case.raised_by for case in Case.objects.all()} == {cast.person["吴师傅"], cast.person["何组长"]}


def test_who_belongs_to_another_plant_may_not_sign_here(cast: Cast, client: Client) -> None:
    answer = cast.login(client, "邻厂书记").post(
        reverse("report_named", args=[zone(cast).token]), {"kind": "site", "key": KEY}
    )
    assert answer.status_code == 422 and "隐患由本厂人员提出" in answer.content.decode()


def test_the_page_costs_the_same_at_one_open_case_and_at_three(cast: Cast, client: Client) -> None:
    place, counts = zone(cast), []
    for wanted in (1, 3):
        while Case.objects.count() < wanted:
            report(cast, "吴师傅", zone=place, given={"kind": "fire", "what": "x"})
        with CaptureQueriesContext(connection) as seen:
            said = client.get(reverse("report", args=[place.token])).content.decode()
        counts.append(len(seen))
        assert f"未办完 {wanted} 件" in said
    assert counts[0] == counts[1]


def test_the_scripts_ask_for_nothing_that_plain_http_takes_away() -> None:
    """What a browser gives to encrypted pages alone: nothing of it may be needed on an intranet without certificates."""
    for name in ("draft.js", "kiosk.js"):
        script = (Path(django_settings.STATICFILES_DIRS[0]) / "js" / name).read_text("utf-8")
        found = re.findall(
            r"crypto\.(?:subtle|randomUUID)|serviceWorker|navigator\.\w+|caches\.|isSecureContext", script
        )
        assert found == [], name


def claim_of(answer: Any) -> str:
    return str(answer.context["sent"].claim)


@pytest.fixture
def house(transactional_db: None) -> Cast:
    return make_cast()


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    place = zone(house)
    url = reverse("report", args=[place.token])
    check(look(url, width=width), "report-empty")
    page = look(url, width=width)
    tap(page, "设备")
    page.click("summary")
    check(page, "report-form")
    page.click("button[type=submit]")
    page.wait_for_selector("main[data-sent]")
    check(page, "report-sent")
    check(look(reverse("report_of", args=[place.token, "request"]), width=width), "report-request")
    client = house.login(Client(), "吴师傅")
    check(look(reverse("report_named", args=[place.token]), width=width, cookies=client.cookies), "report-named")
    page = look(reverse("report", args=["nobody"]), width=width, status=404)
    complaints(page).clear()
    check(page, "report-gone")


@pytest.mark.browser
def test_without_scripts_the_same_two_taps_do_it(house: Cast, chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + reverse("report", args=[zone(house).token]))
    tap(page, "设备")
    page.click("button[type=submit]")
    assert page.locator(".claim b").inner_text()
    assert Case.objects.count() == 1 and context.cookies() == []
    context.close()


@pytest.mark.browser
def test_a_cut_network_keeps_the_report_and_sends_it_once(house: Cast, look: Look) -> None:
    page = look(reverse("report", args=[zone(house).token]), width=360)
    page.context.set_offline(True)
    tap(page, "电气")
    page.click("summary")
    page.fill("#what", "配电柜门没有关")
    page.click("button[type=submit]")
    page.wait_for_selector("text=网络不通，已存在这台机器上")
    assert not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_selector("main[data-sent]", timeout=15000)
    assert Case.objects.get().data["what"] == "配电柜门没有关"
    assert page.evaluate("() => Object.keys(localStorage)") == []


@pytest.mark.browser
def test_an_answer_that_got_lost_comes_again_with_the_same_claim_code(house: Cast, look: Look) -> None:
    page = look(reverse("report", args=[zone(house).token]), width=360)
    lost: list[str] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            return route.abort()
        return route.continue_()

    page.route("**/r/**", lose)
    tap(page, "电气")
    page.click("button[type=submit]")
    page.wait_for_selector("main[data-sent]", timeout=15000)
    assert page.locator(".claim b").inner_text() in lost[0]
    assert Case.objects.count() == 1


def test_the_same_report_that_comes_six_times_at_once_is_one_case(house: Cast, live_server: Any) -> None:
    """A page that is left and opened again may send while its first sending is still under way."""
    address = live_server.url + reverse("report", args=[zone(house).token])
    said = urlencode({"kind": "electric", "key": KEY}).encode()

    def once(_: int) -> str:
        with urlopen(address, said, timeout=60) as answer:
            return "".join(re.findall(r'class="claim".*?<b>(.*?)</b>', answer.read().decode(), re.S))

    with ThreadPoolExecutor(6) as senders:
        claims = set(senders.map(once, range(6)))
    assert Case.objects.count() == 1
    assert len(claims) == 1 and claims != {""}


@pytest.mark.browser
def test_a_report_that_waited_is_sent_when_the_page_is_opened_again(house: Cast, look: Look) -> None:
    page = look(reverse("report", args=[zone(house).token]), width=360)
    page.context.set_offline(True)
    tap(page, "电气")
    page.click("button[type=submit]")
    page.wait_for_selector("text=网络不通，已存在这台机器上")
    here = page.url
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(here)
    page.wait_for_selector(".arrived", timeout=15000)
    assert Case.objects.count() == 1
    assert len(page.locator(".arrived").inner_text().split()[-1]) == 4


def tap(page: Any, words: str) -> None:
    page.locator(".tile", has_text=words).click()


@pytest.fixture
def plain(chromium: Any, settings: Any) -> Iterator[Any]:
    """A browser that knows the server by a name of the intranet: to it the page is not secure."""
    settings.ALLOWED_HOSTS = ["*"]
    rules = "--host-resolver-rules=MAP ronglu.plant 127.0.0.1"
    program = os.environ.get("RONGLU_CHROMIUM", "/usr/bin/chromium")
    browser = chromium.browser_type.launch(executable_path=program, args=[*CHROMIUM, rules])
    yield browser.new_page(viewport={"width": 360, "height": 780}, locale="zh-CN")
    browser.close()


@pytest.mark.browser
def test_over_plain_http_a_cut_network_loses_nothing_either(house: Cast, plain: Any, live_server: Any) -> None:
    port = live_server.url.rpartition(":")[2]
    plain.goto(f"http://ronglu.plant:{port}" + reverse("report", args=[zone(house).token]))
    assert plain.evaluate("() => isSecureContext") is False
    plain.context.set_offline(True)
    tap(plain, "电气")
    plain.click("button[type=submit]")
    plain.wait_for_selector("text=网络不通，已存在这台机器上")
    plain.click("[data-again]")
    tap(plain, "现场")
    plain.click("button[type=submit]")
    plain.wait_for_selector("text=网络不通，已存在这台机器上")
    plain.context.set_offline(False)
    plain.wait_for_selector("main[data-sent]", timeout=15000)
    plain.wait_for_function("() => !Object.keys(localStorage).length", timeout=15000)
    assert sorted(case.data["kind"] for case in Case.objects.all()) == ["electric", "site"]
