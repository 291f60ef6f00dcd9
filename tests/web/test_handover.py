"""The end of a shift on the page and at the terminal: on track or not, why, what now; two persons; missing is said."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from ronglu.boards.handover.meeting import meeting
from ronglu.config.plant import pack_of
from ronglu.store.models import Account, Case, Halt, Handover, IndicatorRow, Plan, Post, Reading
from ronglu.store.values import calendar_of
from ronglu.tasks.boards import build_plant
from ronglu.tasks.cascades import build_plant as cascade
from ronglu.work import pins
from tests.cast import PEOPLE, SINCE, Cast, make_cast
from tests.facts.plant_month import AT, March, make_march
from tests.web.pages import Look, check

DAY = dt.date(2026, 3, 31)
PIN = {"李班长": "830274", "吴师傅": "592610", "何组长": "471938"}


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-31T15:40"
    found = make_cast()
    # the crew that comes has a leader of its own
    Post.objects.create(person=found.person["吴师傅"], unit=found.unit["QL-R1-乙"], role="crew_leader", from_on=SINCE)
    return found


@pytest.fixture
def march(cast: Cast) -> March:
    """10 t a shift up to the 31st's first, planned 930; the last two shifts of the month are still to come."""
    line = cast.unit["QL-R1"]
    found = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    Reading.objects.filter(day=DAY, shift_no__gt=1).delete()
    build_plant(plant=line.plant, at=AT)
    return found


def rows_as(cast: Cast, actual: str) -> None:
    """The shift as the board knows it: another figure than the readings, for the words about it."""
    IndicatorRow.objects.filter(unit=cast.unit["QL-R1"], indicator="SM-01", period="2026-03-31/1").update(value=actual)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def now(cast: Cast) -> str:
    return reverse("handover_now", args=[cast.unit["QL-R1"].pk])


def terminal(cast: Cast, name: str = "") -> Client:
    roles = [f"kiosk@unit:{cast.unit['QL-R1'].pk}"]
    account = Account.objects.filter(label="转炉线终端").first() or Account.objects.create_user(
        "kiosk-r1", None, label="转炉线终端", roles=roles, must_change=False
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    if name:
        pins.set_pin(account=cast.account[name], pin=PIN[name], at=AT)
        form = {"staff_no": PEOPLE[name][0], "pin": PIN[name], "next": reverse("kiosk_shift")}
        assert client.post(reverse("kiosk_pin"), form).status_code == 302
    return client


def test_the_page_says_won_or_lost_the_pace_up_to_the_year_and_what_the_next_shift_needs(
    march: March, cast: Cast, client: Client
) -> None:
    """9.60 of 10 t: 0.40 short; the day needs 30, 20.40 over two shifts is 10.20 each — as the month stands at its plan."""
    rows_as(cast, "9.60")
    page = words(cast.login(client, "李班长").get(now(cast)))
    assert "03-31 白班" in page and "本班欠 0.40 t" in page
    for grain in ("班", "日", "周", "月"):
        assert f"<h3>{grain}</h3>" in page
    assert "下一班要" in page


def test_nobody_is_behind_with_shifts_that_are_still_to_come(march: March, cast: Cast, client: Client) -> None:
    """One of three shifts of the last day is in: 10 of the 10 due, 910 of 910 in the month; 20 t are not due yet."""
    page = words(cast.login(client, "李班长").get(now(cast)))
    assert "本班正好完成" in page
    assert "本日欠" not in page and "本月欠" not in page and "告警" not in page
    assert "下一班要 10.00 t" in page


def test_a_shift_without_figures_is_missing_and_not_nothing(march: March, cast: Cast, client: Client) -> None:
    IndicatorRow.objects.filter(period="2026-03-31/1").delete()
    page = words(cast.login(client, "李班长").get(now(cast)))
    assert "本班缺数，不判赢欠" in page and "本班欠" not in page
    client.post(now(cast), {"words": "化验还没出"})
    row = Handover.objects.get()
    assert (row.won, row.plan, row.actual) == ("missing", "10.00", "")


def test_given_with_a_reason_and_an_action_and_taken_by_the_next_crew(march: March, cast: Cast, client: Client) -> None:
    rows_as(cast, "9.60")
    form = {
        "reason": "mechanical", "words": "皮带备件在机旁", "act": "action", "what": "换减速机", "finish_by": "2026-04-02",
    }  # fmt: skip
    assert len(form) <= 5
    answer = cast.login(client, "李班长").post(now(cast), form)
    row, case = Handover.objects.get(), Case.objects.get()
    assert answer.status_code == 302
    assert (row.won, row.plan, row.actual, row.reason, row.case) == ("lost", "10.00", "9.60", "mechanical", case)
    assert (case.loop, case.raised_by, case.data["said"]) == ("action", cast.person["李班长"], "03-31 白班 甲 交接班")
    take = reverse("handover_take", args=[row.pk])
    cast.login(client, "李班长").post(take)
    row.refresh_from_db()
    assert row.state == "given", "who gave it does not take it"
    cast.login(client, "吴师傅").post(take)
    row.refresh_from_db()
    assert (row.state, row.taken_by) == ("taken", cast.account["吴师傅"])


def test_a_lost_shift_without_a_reason_is_refused_and_nothing_is_written(
    march: March, cast: Cast, client: Client
) -> None:
    rows_as(cast, "9.60")
    answer = cast.login(client, "李班长").post(now(cast), {"words": "忘了写原因"})
    assert (
        answer.status_code == 422
        and "本班没有完成计划，请选一个原因" in words(answer)
        and "忘了写原因" in words(answer)
    )
    assert not Handover.objects.exists()


def test_before_its_last_hour_the_page_says_so_and_asks_for_nothing(
    march: March, cast: Cast, client: Client, settings: Any
) -> None:
    settings.TODAY = "2026-03-31T14:00"
    page = words(cast.login(client, "李班长").get(now(cast)))
    assert "这一班到 16:00 才下班，下班前一小时起可以交班" in page and 'name="words"' not in page
    assert "由本线的班长交班" in words(cast.login(client, "何组长").get(now(cast)))
    refused = cast.login(client, "李班长").post(now(cast), {"words": "二号风机听着响"})
    assert refused.status_code == 422 and "才下班" in words(refused) and "二号风机听着响" in words(refused)


def test_who_comes_second_reads_that_it_was_given_and_keeps_what_he_wrote(
    march: March, cast: Cast, client: Client
) -> None:
    given(cast)
    answer = cast.login(client, "李班长").post(now(cast), {"words": "二号风机听着响"})
    page = words(answer)
    assert answer.status_code == 422 and "转炉线 03-31 白班已经交过班" in page
    assert "二号风机听着响" in page and "您写的还在下面，没有存下" in page
    assert Handover.objects.get().words == ""


def test_the_form_is_sent_for_the_shift_it_was_opened_for(
    march: March, cast: Cast, client: Client, settings: Any
) -> None:
    """Opened at 17:50 for the day shift, sent at 18:10 when the page itself would open the next one."""
    settings.TODAY = "2026-03-31T17:50"
    page = words(cast.login(client, "李班长").get(now(cast)))
    address = reverse("handover", args=[cast.unit["QL-R1"].pk, "2026-03-31", 1])
    assert f'action="{address}' in page
    settings.TODAY = "2026-03-31T18:10"
    client.post(address, {"words": "按时交"})
    assert Handover.objects.get().shift_no == 1


def test_a_shift_is_called_as_the_plant_calls_it(march: March, cast: Cast, client: Client, settings: Any) -> None:
    given(cast, day=dt.date(2026, 3, 30), no=3)
    settings.TODAY = "2026-03-31T09:00"
    assert "03-30 夜班等人接班" in words(cast.login(client, "吴师傅").get(now(cast)))
    assert "03-30 夜班已交，等接班" in words(terminal(cast).get(reverse("kiosk_shift")))
    assert "03-30 夜班 甲" in words(client.get(reverse("handovers") + "?period=2026-03"))


def test_the_terminal_says_at_opening_what_cannot_work(march: March, cast: Cast, settings: Any) -> None:
    url, shift = reverse("kiosk_give"), reverse("kiosk_shift")
    other = words(terminal(cast, "何组长").get(url))
    assert "由本线班长办" in other and 'name="words"' not in other
    settings.TODAY = "2026-03-31T14:00"
    client = terminal(cast, "李班长")
    early = "这一班到 16:00 才下班，下班前一小时起可以交班"
    assert early in words(client.get(url)) and 'name="words"' not in words(client.get(url))
    assert early in words(client.get(shift)) and f'href="{url}"' not in words(client.get(shift))
    settings.TODAY = "2026-03-31T15:40"
    row = given(cast)
    client = terminal(cast, "李班长")
    assert "这一班已经交班" in words(client.get(url)) and 'name="words"' not in words(client.get(url))
    page = words(client.get(shift))
    assert "由您交出，请接班的人来接" in page and "我来接班" not in page
    refused = client.post(reverse("kiosk_take", args=[row.pk]))
    assert refused.status_code == 422 and "等接班" in words(refused)


def test_an_action_without_words_or_a_day_is_refused_before_anything_is_written(
    march: March, cast: Cast, client: Client
) -> None:
    answer = cast.login(client, "李班长").post(now(cast), {"act": "action"})
    assert answer.status_code == 422
    assert "请写要办什么" in words(answer) and "行动项要有期限" in words(answer)
    assert not Handover.objects.exists()


def test_others_of_the_line_look_and_do_not_give_and_outsiders_find_nothing(
    march: March, cast: Cast, client: Client
) -> None:
    assert cast.login(client, "何组长").get(now(cast)).status_code == 200
    assert cast.login(client, "何组长").post(now(cast), {}).status_code == 403
    for name in ("郑师傅", "邻厂书记", "外人"):
        assert cast.login(client, name).get(now(cast)).status_code == 404, name
    assert not Handover.objects.exists()


def test_at_the_terminal_all_see_the_line_and_no_name(march: March, cast: Cast) -> None:
    rows_as(cast, "9.60")
    given(cast)
    page = words(terminal(cast).get(reverse("kiosk_shift")))
    assert "本班欠 0.40 t" in page and "这一班已经交班" in page
    assert not [name for name in PEOPLE if name in page]


def test_at_the_terminal_giving_asks_for_a_pin_and_writes_under_his_name(march: March, cast: Cast) -> None:
    rows_as(cast, "9.60")
    url = reverse("kiosk_give")
    assert terminal(cast).get(url)["Location"] == f"{reverse('kiosk_pin')}?next={url}"
    client = terminal(cast, "李班长")
    assert "为什么" in words(client.get(url))
    refused = client.post(url, {"words": "x"})
    assert refused.status_code == 422 and "请选一个原因" in words(refused)
    assert client.post(url, {"reason": "mechanical", "act": "problem", "what": "减速机异响"}).status_code == 302
    row = Handover.objects.get()
    assert (row.given_by, row.case.loop, row.case.data["effect"]) == (  # type: ignore[union-attr]
        cast.account["李班长"], "problem", "本班欠 0.40 t"
    )  # fmt: skip


def test_at_the_terminal_who_does_not_lead_a_crew_of_the_line_gives_takes_and_logs_nothing(
    march: March, cast: Cast
) -> None:
    row = given(cast, day=dt.date(2026, 3, 30), no=3)
    client = terminal(cast, "何组长")
    stop = {"reason": "mechanical", "starts_at": "2026-03-31T15:10"}
    for url, form in (
        (reverse("kiosk_give"), {"words": "x"}), (reverse("kiosk_take", args=[row.pk]), {}), (reverse("kiosk_halt"), stop),
    ):  # fmt: skip
        answer = client.post(url, form)
        assert answer.status_code == 422 and "由本线班长办" in words(answer), url
    row.refresh_from_db()
    assert (Handover.objects.count(), Halt.objects.count(), row.state) == (1, 0, "given")


def test_at_the_terminal_the_next_crew_takes_it(march: March, cast: Cast) -> None:
    row = given(cast)
    terminal(cast, "吴师傅").post(reverse("kiosk_take", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.taken_by) == ("taken", cast.account["吴师傅"])


def test_a_stop_is_logged_at_the_terminal_and_ended_with_one_press(march: March, cast: Cast) -> None:
    client, url = terminal(cast, "李班长"), reverse("kiosk_halt")
    assert client.post(url, {"reason": "mechanical", "starts_at": "2026-03-31T15:10"}).status_code == 302
    halt = Halt.objects.get()
    assert (halt.unit, halt.logged_by, halt.state) == (cast.unit["QL-R1"], cast.account["李班长"], "running")
    clash = client.post(url, {"reason": "power", "starts_at": "2026-03-31T15:20"})
    assert clash.status_code == 422 and "重叠" in words(clash)
    assert client.post(url, {"reason": "power", "starts_at": "yesterday"}).status_code == 422
    client.post(reverse("kiosk_run_again", args=[halt.pk]))
    halt.refresh_from_db()
    assert (halt.state, halt.ends_at) == ("over", dt.datetime(2026, 3, 31, 15, 40))
    assert "机械故障" in words(client.get(reverse("kiosk_shift")))


def test_the_book_prints_exports_and_costs_the_same_at_three_rows(march: March, cast: Cast, client: Client) -> None:
    given(cast)
    cast.login(client, "马主任")
    url = reverse("handovers") + "?period=2026-03"
    client.get(url)
    counts = []
    for number in range(2, 4):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url)
        counts.append(len(seen))
        given(cast, no=number)
    assert counts[0] == counts[1]
    answer = client.get(reverse("handovers_export") + "?period=2026-03")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["交接班"]  # type: ignore[arg-type]
    assert [cell.value for cell in sheet[2]][:8] == [
        "转炉线",
        dt.datetime(2026, 3, 31),
        "夜",
        "甲",
        "处理量（干基）",
        10,
        9.6,
        "欠",
    ]


def test_the_meeting_shows_the_last_shifts_why_and_the_pace(march: March, cast: Cast, client: Client) -> None:
    given(cast, day=dt.date(2026, 3, 30), no=2)
    cascade(plant=cast.plant, at=AT)
    page = words(cast.login(client, "马主任").get(reverse("handover_meeting")))
    assert "班前会" in page and "转炉线" in page and "机械故障" in page
    assert "余 " in page and "没办完的" in page


def test_two_lines_cost_the_meeting_what_one_costs_and_a_line_without_a_plan_is_not_judged(
    march: March, cast: Cast
) -> None:
    units = [cast.unit["QL-R1"].pk, cast.unit["QL-F1"].pk]
    how: Any = {"calendar": calendar_of(cast.plant), "indicators": pack_of("qinglan").indicators, "at": AT}
    counts = []
    for wanted in (units[:1], units):
        with CaptureQueriesContext(connection) as seen:
            found = meeting(units=wanted, **how)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert [[shift.won for shift in one.shifts] for one in found][1] == ["unplanned"] * 3


def given(cast: Cast, *, day: dt.date = DAY, no: int = 1) -> Handover:
    return Handover.objects.create(
        unit=cast.unit["QL-R1"], day=day, shift_no=no, letter="甲", indicator="SM-01", plan="10.00", actual="9.60",
        won="lost", reason="mechanical", given_by=cast.account["李班长"], given_at=AT,
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_are_sound_on_phone_and_desk(
    march: March, cast: Cast, client: Client, look: Look, width: int
) -> None:
    Plan.objects.create(unit=cast.unit["QL-R1"], indicator="SM-01", period="2026", value="10950")
    cascade(plant=cast.plant, at=AT)
    cast.login(client, "李班长")
    for name, url in {
        "handover": now(cast), "handovers": reverse("handovers"), "meeting": reverse("handover_meeting"),
        "halts": reverse("halts"), "cascade": reverse("cascade"), "halt_new": reverse("halt_new"),
    }.items():  # fmt: skip
        check(look(url, width=width, cookies=client.cookies), f"{name}-{width}")
