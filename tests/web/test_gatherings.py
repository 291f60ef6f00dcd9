"""会议 in the browser: arranged, called, opened, written down, closed; by 何组长 at the group of 转炉甲班."""

import datetime as dt
import re
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Burden, Case, Gathering, Notice
from ronglu.web import words
from ronglu.work import gatherings_room
from ronglu.work.gatherings_fill import Line
from ronglu.work.guides import declared
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.gathered import HOUR, arranged, by, came, close, held, opened, tackling

__all__ = ["cast", "the_10th_of_march"]


def write(cast: Cast, row: Gathering, *, name: str = "何组长", do: str = "save", **given: str) -> Any:
    return post(cast, name, "gathering_write", row.pk, do=do, **given)


@pytest.mark.covers("S1-15")
def test_a_meeting_goes_through_its_three_acts_in_the_browser(cast: Cast) -> None:
    form = get(cast, "何组长", "gathering_new", "group_meeting").context["form"]
    assert form["body"].value() == cast.body["QL-B1-甲"].pk and form["minutes"].value() == 45
    given = {"body": cast.body["QL-B1-甲"].pk, "day": "2026-03-10", "clock": "16:10", "minutes": "45"}
    assert post(cast, "何组长", "gathering_new", "group_meeting", **given).status_code == 302
    row = Gathering.objects.get()
    assert "亮进度·亮差距·亮措施" in text(cast, "李班长", "gathering", row.pk)
    post(cast, "何组长", "gathering_deed", row.pk, "call", yes="1")
    assert Notice.objects.filter(kind="gathering", person=cast.person["李班长"]).count() == 1
    post(cast, "何组长", "gathering_deed", row.pk, "open", yes="1")
    assert reverse("gathering", args=[row.pk]) in get(cast, "李班长", "inbox").content.decode()
    talk = row.agenda.get(block="talk")
    answer = write(cast, row, do="close", **{
        f"said-{talk.pk}": "防护罩不能再拖", "res-text": "加料皮带装防护罩", "res-owner": str(cast.person["李班长"].pk),
        "res-due": "2026-03-31", "res-about": str(talk.pk),
    })  # fmt: skip
    assert answer.status_code == 302
    page = text(cast, "李班长", "gathering", row.pk)
    assert "防护罩不能再拖" in page and Case.objects.get().number in page and "应到 2 人，到会 2 人" in page


@pytest.mark.covers("S1-15")
def test_what_was_typed_is_kept_when_closing_is_refused(cast: Cast) -> None:
    row = opened(cast)
    talk = row.agenda.get(block="talk")
    given = {f"said-{talk.pk}": "防护罩不能再拖", "res-text": "装防护罩"}
    answer = write(cast, row, do="close", **given)
    page = answer.content.decode()
    assert answer.status_code == 422 and "第 1 条决议没有责任人和期限：装防护罩" in page
    # what was said is saved, the resolution waits in its boxes for what it lacks
    assert row.agenda.get(block="talk").said == "防护罩不能再拖" and ">装防护罩</textarea>" in page
    assert not row.resolutions.exists() and not Case.objects.exists()
    assert write(cast, row, do="save", **given).status_code == 302
    again = write(cast, row, do="close", **given | {"res-text": ""})
    assert again.status_code == 422 and "第 1 条决议没有责任人和期限：装防护罩" in again.content.decode()
    key = row.resolutions.get().pk
    given = {"text": "装防护罩", "owner": "20101", "due_on": "2026-03-31"}
    assert post(cast, "何组长", "gathering_settle", row.pk, key, **given).status_code == 302
    assert write(cast, row, do="close").status_code == 302
    assert Case.objects.get().holder == cast.person["李班长"]


def test_a_wrong_staff_number_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    row = opened(cast)
    given = {"res-text": "装防护罩", "res-staff": "99999", f"away-{cast.person['李班长'].pk}": "on"}
    answer = write(cast, row, **given, **{f"why-{cast.person['李班长'].pk}": "出差"})
    page = answer.content.decode()
    assert (
        answer.status_code == 422 and "没有工号或姓名“99999”" in page and "装防护罩" in page and 'value="出差"' in page
    )
    row.refresh_from_db()
    assert row.present == 0 and not row.resolutions.exists()


def test_only_who_runs_it_may_write_and_only_who_belongs_may_read(cast: Cast) -> None:
    row = opened(cast)
    assert write(cast, row, name="李班长").status_code == 404
    assert "保存并办结" not in text(cast, "李班长", "gathering", row.pk)
    assert get(cast, "郑师傅", "gathering", row.pk).status_code == 404
    assert f"/meetings/{row.pk}/" not in text(cast, "郑师傅", "gatherings")


def test_a_meeting_whose_day_has_passed_asks_to_be_written_down_or_cancelled(cast: Cast) -> None:
    arranged(cast, starts_at=AT - dt.timedelta(days=3))
    assert "开会登记，或写明没有召开" in text(cast, "何组长", "gatherings")


@pytest.mark.covers("S0-33", "S2-09")
def test_a_short_lecture_is_given_by_any_member_and_written_down_in_the_browser(cast: Cast) -> None:
    row = opened(cast, "short_lecture", "QL-B1-甲", place="转炉甲班休息室")
    given = {"in-speaker": "20101", "in-topic": "一次喷溅的教训"}
    assert write(cast, row, do="close", **given).status_code == 302
    page = text(cast, "何组长", "gathering", row.pk)
    assert "李班长" in page and "一次喷溅的教训" in page and "转炉甲班休息室" in page


@pytest.mark.covers("S1-23")
def test_a_reading_club_notes_its_book_and_how_many_came(cast: Cast) -> None:
    row = opened(cast, "reading_club", "QL-B1", name="王书记")
    given = {"count": "12", "in-book": "转炉炼钢问答", "in-notes": "第三章讲喷溅"}
    assert write(cast, row, name="王书记", do="close", **given).status_code == 302
    page = text(cast, "王书记", "gathering", row.pk)
    assert "转炉炼钢问答" in page and "第三章讲喷溅" in page and ">12 人<" in page


@pytest.mark.covers("S1-22")
def test_a_topic_of_the_salon_becomes_a_commitment_with_owner_and_date(cast: Cast) -> None:
    row = opened(cast, "salon", "QL-B1", name="王书记")
    hard = row.agenda.get(block="hard")
    given = {
        "count": "20",
        f"said-{hard.pk}": "夜班饭凉",
        "res-text": "装保温餐柜",
        "res-staff": "20107",
        "res-due": "2026-03-25",
    }
    assert write(cast, row, name="王书记", do="close", **given, **{"res-about": str(hard.pk)}).status_code == 302
    case = Case.objects.get()
    assert (case.holder, row.resolutions.get().about) == (cast.person["马主任"], hard)


def test_votes_are_written_down_as_numbers_and_told_with_their_outcome(cast: Cast) -> None:
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    came(cast, row, name="王书记")
    given = {"title": "通过年度计划", "kind": "decision", "favour": "3", "against": "1", "abstained": "0"}
    assert post(cast, "王书记", "gathering_deed", row.pk, "vote", **given).status_code == 302
    assert "赞成超过应到的半数" in text(cast, "王书记", "gathering", row.pk)
    refused = post(cast, "王书记", "gathering_deed", row.pk, "vote", **given | {"favour": "9"})
    assert refused.status_code == 422 and "多于到会有表决权的 4 人" in refused.content.decode()


def test_an_election_is_told_by_those_who_came(cast: Cast) -> None:
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    came(cast, row, name="王书记")
    given = {"title": "选举支部委员", "kind": "election", "favour": "3", "against": "1", "abstained": "0"}
    assert post(cast, "王书记", "gathering_deed", row.pk, "vote", **given).status_code == 302
    assert "得票超过到会的半数" in text(cast, "王书记", "gathering", row.pk)
    assert post(cast, "王书记", "gathering_deed", row.pk, "vote", **given | {"favour": "2"}).status_code == 302
    assert "未过到会的半数" in text(cast, "王书记", "gathering", row.pk)


def test_a_group_leader_is_offered_what_a_group_holds(cast: Cast) -> None:
    page = text(cast, "何组长", "gatherings")
    assert reverse("gathering_new", args=["group_meeting"]) in page
    assert reverse("gathering_new", args=["assembly"]) not in page
    assert reverse("gathering_new", args=["assembly"]) in text(cast, "王书记", "gatherings")


@pytest.mark.covers("S1-14")
def test_the_office_words_a_guide_anew_and_meetings_before_keep_theirs(cast: Cast) -> None:
    old = arranged(cast)
    form = get(cast, "孙干事", "guide_edit", "group_meeting").context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"from_on": "2026-03-10", "note": "改叫法"}
    assert post(cast, "孙干事", "guide_edit", "group_meeting", **given | {"label-0": "学规程"}).status_code == 302
    page = text(cast, "李班长", "guide", "group_meeting")
    assert "学规程" in page and "本厂第 1 版" in page and "改叫法" in page
    assert get(cast, "王书记", "guide_edit", "group_meeting").status_code == 403
    assert "学习研讨" in text(cast, "李班长", "gathering", old.pk)
    new = arranged(cast, starts_at=AT + HOUR)
    assert "学规程" in text(cast, "李班长", "gathering", new.pk) and new.guide == 1


@pytest.mark.covers("S4-08")
def test_a_week_without_its_meeting_is_told_on_the_list(cast: Cast) -> None:
    team = tackling(cast)
    for week in (3, 2):
        held(cast, "tackle_meeting", "QL-B1", team=team, name="王书记", starts_at=AT - week * dt.timedelta(days=7))
    page = text(cast, "王书记", "gatherings")
    assert "03-02 那一周没有开，近八周缺 1 周" in page and "连续 0 周" in page
    held(cast, "tackle_meeting", "QL-B1", team=team, name="王书记", starts_at=AT - dt.timedelta(days=7))
    assert "连续 3 周" in text(cast, "王书记", "gatherings")


@pytest.mark.covers("S4-08")
def test_the_inbox_tells_what_was_not_written_down_and_the_week_that_was_left_out(cast: Cast) -> None:
    arranged(cast, starts_at=AT - dt.timedelta(days=3))
    team = tackling(cast)
    held(cast, "tackle_meeting", "QL-B1", team=team, name="王书记", starts_at=AT - dt.timedelta(days=14))
    told = get(cast, "王书记", "inbox_others").content.decode()
    assert "1 次会的时间已过，还没有登记" in told and "渣含铜攻关队：03-02 那一周没有开攻关小组会" in told
    assert "还没有登记" not in get(cast, "李班长", "inbox_others").content.decode()


def test_three_meetings_cost_no_more_queries_than_one(cast: Cast) -> None:
    def cost(page: str, *args: Any) -> int:
        client = cast.login(Client(), "何组长")
        client.get(reverse(page, args=args))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(page, args=args)).status_code == 200
        return len(asked)

    def one(n: int) -> None:
        held(cast, starts_at=AT - n * dt.timedelta(days=1))
        arranged(cast, starts_at=AT + n * dt.timedelta(days=1))

    one(1)
    first = cost("gatherings")
    one(2)
    one(3)
    assert cost("gatherings") == first


def test_three_resolutions_cost_no_more_queries_than_one(cast: Cast) -> None:
    def cost(row: Gathering) -> int:
        client = cast.login(Client(), "何组长")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("gathering", args=[row.pk])).status_code == 200
        return len(asked)

    small, big = opened(cast), opened(cast, starts_at=AT + HOUR)
    for row, n in ((small, 1), (big, 3)):
        came(cast, row)
        for no in range(n):
            gatherings_room.resolve(
                gathering=row, text=f"第{no}件", owner=cast.person["李班长"], due_on=dt.date(2026, 3, 31), **by(cast)
            )
    cost(small)
    assert cost(small) == cost(big)
    close(cast, small)
    close(cast, big, at=AT + 2 * HOUR)
    assert cost(small) == cost(big)


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    return make_cast()


STUDIED = Line(block="study", kind="study", title="安全生产规定", source="document")
BEHIND = Line(
    block="three", kind="report", title="粗铜产量", source="indicator", indicator="SM-01",
    figures={"progress": "4 100 / 4 300 t", "gap": "−200"},
)  # fmt: skip
IDEAS = tuple(
    Line(block="talk", kind="share", title=one, source="case") for one in ("炉口护板换成可拆的", "休息室少一台风扇")
)
LEFT = Line(block="three", kind="report", title="加料皮带装防护罩", source="action")
# what the records laid before each meeting, what was said to which of its lines, who was away, what was resolved
MEETINGS: dict[str, tuple[tuple[Line, ...], dict[str, str], dict[str, str], tuple[str, ...]]] = {
    "nothing to lay before it": ((), {"talk": "班里平稳，没有新的事"}, {}, ()),
    "a document and an indicator": ((STUDIED, BEHIND), {"talk": "防护罩不能再拖", "three": "三班定点测温"}, {}, ("加料皮带装防护罩",)),
    "two ideas": (IDEAS, {"talk": "先做护板"}, {}, ("试一套可拆护板",)),
    "an action that is left": ((LEFT,), {"three": "月底前装完"}, {}, ()),
    "somebody away": ((STUDIED,), {"talk": "按新规定查一遍"}, {"李班长": "探亲"}, ("查一遍防护",)),
    "all of it, and two resolutions": (
        (STUDIED, BEHIND, LEFT, *IDEAS), {"talk": "两件都办"}, {}, ("试一套可拆护板", "领一台风扇"),
    ),
}  # fmt: skip


@pytest.mark.browser
def test_a_group_meeting_is_held_and_closed_with_six_fields_by_hand_in_the_middle_of_many(
    house: Cast, look: Look
) -> None:
    """On a phone: what the leader types or picks, meeting by meeting; what the records lay before it is there already."""
    counted = {
        said: _held_by_hand(house, look, AT + n * HOUR, *given) for n, (said, given) in enumerate(MEETINGS.items())
    }
    assert len(counted) >= 5 and len(set(counted.values())) > 2, counted
    assert median(counted.values()) <= 6, counted
    assert max(counted.values()) <= 8, counted


def _held_by_hand(
    house: Cast, look: Look, starts_at: dt.datetime, lines: tuple[Line, ...], said: dict[str, str], away: dict[str, str],
    resolved: tuple[str, ...],
) -> int:  # fmt: skip
    """Opened, written down and closed; how many fields a hand touched, ticks and picks as well as texts."""
    row = opened(house, lines=lines, starts_at=starts_at)
    page = look(reverse("gathering", args=[row.pk]), width=360, cookies=house.login(Client(), "何组长").cookies)
    filled = 0

    def fill(name: str, value: str) -> None:
        nonlocal filled
        field = page.locator(f"[name='{name}']").first
        match field.evaluate("e => e.type"):
            case "checkbox":
                field.check()
            case "select-one":
                field.select_option(value)
            case _:
                field.fill(value)
        filled += 1

    def press(button: str) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state("load")

    for name, why in away.items():
        fill(f"away-{house.person[name].pk}", "on")
        fill(f"why-{house.person[name].pk}", why)
    for block, point in said.items():
        fill(f"said-{row.agenda.filter(block=block).order_by('no').first().pk}", point)
    for no, what in enumerate(resolved, 1):
        fill("res-text", what)
        fill("res-owner", str(house.person["何组长" if away else "李班长"].pk))
        fill("res-due", "2026-03-31")
        if no < len(resolved):
            press("保存，接着记")
    press("保存并办结")
    row.refresh_from_db()
    assert row.state == "closed" and row.present == 2 - len(away)
    assert [one.text for one in row.resolutions.order_by("no")] == list(resolved)
    assert all(one.case is not None and one.due_on for one in row.resolutions.all())
    return filled


@pytest.mark.browser
def test_what_is_resolved_hangs_on_what_was_said(house: Cast, look: Look) -> None:
    row = opened(house, lines=(STUDIED, BEHIND))
    page = look(reverse("gathering", args=[row.pk]), width=360, cookies=house.login(Client(), "何组长").cookies)
    page.locator(f"[name='said-{row.agenda.get(block='talk').pk}']").fill("防护罩不能再拖")
    page.locator("[name=res-text]").fill("加料皮带装防护罩")
    page.locator("[name=res-owner]").select_option(str(house.person["李班长"].pk))
    page.locator("[name=res-due]").fill("2026-03-31")
    page.get_by_role("button", name="保存并办结").click()
    page.wait_for_load_state("load")
    one = row.resolutions.get()
    assert one.about == row.agenda.get(block="talk") and one.case is not None


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    before = arranged(house, starts_at=AT + HOUR)
    assembly = opened(house, "assembly", "QL-B1", name="王书记")
    done = held(house, away=("李班长",))
    for name, page, args in (
        ("何组长", "gatherings", []), ("何组长", "gathering", [before.pk]), ("王书记", "gathering", [assembly.pk]),
        ("李班长", "gathering", [done.pk]), ("何组长", "gathering_new", ["group_meeting"]), ("孙干事", "guides", []),
        ("孙干事", "guide", ["appraisal"]), ("孙干事", "guide_edit", ["group_meeting"]),
        ("王书记", "gathering_deed", [assembly.pk, "vote"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        shown = "-".join(map(str, args)).replace(str(before.pk), "before") or "all"
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"{page}-{shown}-{name}")


def test_the_burden_meter_counts_the_sheet_of_the_room(cast: Cast) -> None:
    row = opened(cast)
    page = get(cast, "何组长", "gathering", row.pk).content.decode()
    stamp = re.search(r'name="_opened" value="([^"]+)"', page)
    assert stamp
    assert write(cast, row, _opened=stamp[1], **{"res-text": "装防护罩"}).status_code == 302
    count = Burden.objects.get()
    assert (count.form, count.saves) == ("gathering_write", 1)


def test_every_sentence_of_the_guides_is_a_word_with_english() -> None:
    said = {
        text
        for one in declared().values()
        for text in (*one.before, *one.after, one.source, *(b.says for b in one.blocks), *(i.help for i in one.inputs))
    }
    assert said - {""} - words.FIXED == set()
    assert all(
        thing.en
        for one in declared().values()
        for thing in (one, *one.blocks, *one.inputs, *(c for i in one.inputs for c in i.choices))
    )


@pytest.mark.covers("S0-38")
def test_a_shortcoming_said_in_an_open_talk_can_become_an_idea_and_names_nobody(cast: Cast) -> None:
    row = opened(cast, "open_talk", "QL-B1", name="王书记")
    lacks = row.agenda.get(block="lacks")
    given = {"count": "23", "in-topic": "改革怎么改", f"said-{lacks.pk}": "夜班照明暗"}
    assert write(cast, row, name="王书记", do="close", **given).status_code == 302
    page = text(cast, "王书记", "gathering", row.pk)
    assert f"{reverse('case_new', args=['idea'])}?f-what=%E5%A4%9C%E7%8F%AD%E7%85%A7%E6%98%8E%E6%9A%97" in page
    assert not row.people.exists()
