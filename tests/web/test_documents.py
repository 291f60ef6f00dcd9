"""The library, relays and policies in the browser: entered once, passed on in numbers, told before they take effect."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import packs
from ronglu.store.models import Document, DocumentVersion, PolicyQuestion, Relay, RelayTelling
from ronglu.work import documents, gatherings, gatherings_fill, policies, relays
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, lines, post, text, the_10th_of_march
from tests.work.educated import DUE, asked, by, document, noticed
from tests.work.gathered import arranged

__all__ = ["cast", "the_10th_of_march"]
BODY = "QL-B1"


@pytest.mark.covers("S2-30", "S4-28")
def test_conference_decisions_are_entered_relayed_and_told_in_the_browser(cast: Cast) -> None:
    filled = {
        "kind": "conference",
        "title": "公司三会精神",
        "issued_on": "2026-03-05",
        "gist": "稳产、降耗",
        "themes": "output",
    }
    assert post(cast, "孙干事", "document_new", **filled).status_code == 302
    paper = Document.objects.get()
    aimed = {"bodies": [cast.body[BODY].pk], "audience": "members"}
    assert post(cast, "孙干事", "document_deed", paper.pk, "relay", **aimed).status_code == 302
    row = Relay.objects.get()
    assert "公司三会精神" in text(cast, "王书记", "relays") and "0 / 4" in text(cast, "王书记", "relays")
    told = {"day": "2026-03-10", "occasion": "甲班班前会", "people": "3"}
    assert post(cast, "王书记", "relay_deed", row.pk, "tell", **told).status_code == 302
    page = text(cast, "吴师傅", "document", paper.pk)
    assert "讲到 3 / 4 人，1 / 1 个党组织已传达" in page
    # numbers for everybody; which body told when stands there for those who look after it
    assert "转炉党支部" not in page and "转炉党支部" in text(cast, "孙干事", "document", paper.pk)
    assert RelayTelling.objects.get().occasion == "甲班班前会"


@pytest.mark.covers("S2-30")
def test_the_agenda_of_the_next_meeting_has_what_waits_first_and_nothing_twice(cast: Cast) -> None:
    old = asked(cast, title="去年的文件", issued_on=dt.date(2025, 6, 1)).document
    new = document(cast, "新文件", issued_on=dt.date(2026, 3, 9))
    meeting = arranged(cast)
    guide = gatherings.guide_of(meeting)

    def laid() -> list[str]:
        found = gatherings_fill.lines(meeting, guide=guide, loops=packs().loops)
        return [one.title for one in found if one.source == "document"]

    assert laid() == ["去年的文件", "新文件"]
    meeting.agenda.create(no=1, block="study", kind="study", title=new.title, source="document", document=new)
    assert laid() == ["去年的文件"]
    relays.tell(relay=old.relays.get(), day=AT.date(), occasion="班前会", people=4, **by(cast, "王书记"))
    assert laid() == []


@pytest.mark.covers("S1-39")
def test_a_rule_is_revised_and_its_log_is_read(cast: Cast) -> None:
    rule = document(cast, "党建考核办法", "rule")
    for version, day, what in (("1", "2025-01-01", "首次发布"), ("2", "2026-03-01", "按季检查改为按月")):
        said = {"version": version, "from_on": day, "revised": what, "text": "第一条"}
        assert post(cast, "孙干事", "document_deed", rule.pk, "revise", **said).status_code == 302
    page = text(cast, "吴师傅", "document", rule.pk)
    assert "按季检查改为按月" in page and "首次发布" in page and page.count("现行") == 1
    assert (
        "现行" in text(cast, "吴师傅", "document", rule.pk, on="2025-06-01").split("首次发布")[0].rsplit("<tr>", 1)[1]
    )
    again = post(cast, "孙干事", "document_deed", rule.pk, "revise", version="2", from_on="2026-04-01", revised="改")
    assert again.status_code == 422 and "换一个版本号" in again.content.decode()
    assert DocumentVersion.objects.count() == 2
    assert get(cast, "王书记", "document_deed", rule.pk, "revise").status_code == 403


@pytest.mark.covers("S0-40")
def test_a_policy_is_announced_asked_about_and_answered_in_the_browser(cast: Cast) -> None:
    filled: dict[str, Any] = {
        "title": "薪酬分配改革", "gist": "按岗位价值定级", "effective_on": "2026-03-10", "bodies": [cast.body[BODY].pk],
        "audience": "staff",
    }  # fmt: skip
    refused = post(cast, "孙干事", "policy_new", **filled)
    assert refused.status_code == 422 and "最早 2026-03-11 施行" in refused.content.decode()
    assert post(cast, "孙干事", "policy_new", **(filled | {"effective_on": "2026-04-01"})).status_code == 302
    row = Document.objects.get()
    assert post(cast, "吴师傅", "document_deed", row.pk, "ask", question="夜班津贴变不变").status_code == 302
    assert "1 个问题等答复" in get(cast, "孙干事", "inbox_others").content.decode()
    assert "还没施行" in text(cast, "吴师傅", "policies") and "0 / 3 人" in text(cast, "吴师傅", "policies")
    assert post(cast, "孙干事", "policy_answer", PolicyQuestion.objects.get().pk, text="不变").status_code == 302
    page = text(cast, "李班长", "document", row.pk)
    assert "夜班津贴变不变" in page and "不变" in page and "吴师傅" not in page


def test_a_policy_in_force_that_some_have_not_heard_says_so(cast: Cast, settings: Any) -> None:
    noticed(cast)
    settings.TODAY = "2026-04-02"
    assert "已施行，还没讲到、答完" in text(cast, "王书记", "policies")


@pytest.mark.covers("S2-30")
def test_the_inbox_asks_to_pass_on_and_to_judge_the_reason(cast: Cast) -> None:
    row = asked(cast)
    assert "1 份文件等着传达" in get(cast, "王书记", "inbox_others").content.decode()
    assert post(cast, "王书记", "relay_deed", row.pk, "explain", reason="大修").status_code == 302
    assert "1 项没有传达的理由等您认可" in get(cast, "孙干事", "inbox_others").content.decode()
    assert post(cast, "孙干事", "relay_deed", row.pk, "decide", holds="yes").status_code == 302
    row.refresh_from_db()
    assert row.state == "excused" and "份文件等着传达" not in get(cast, "王书记", "inbox_others").content.decode()
    assert get(cast, "王书记", "relay_deed", row.pk, "withdraw").status_code == 404


def test_what_was_asked_by_mistake_is_taken_back_by_those_who_asked_and_in_time(cast: Cast, settings: Any) -> None:
    row = asked(cast)
    assert "撤回" in text(cast, "孙干事", "relays") and "撤回" not in text(cast, "王书记", "relays")
    settings.TODAY = "2026-03-25"
    assert "撤回" not in text(cast, "孙干事", "relays")
    settings.TODAY = "2026-03-24"
    assert post(cast, "孙干事", "relay_deed", row.pk, "withdraw", reason="发错了").status_code == 302
    assert row.document.title not in text(cast, "王书记", "relays", state="all")


def test_the_library_is_searched_and_taken_away(cast: Cast) -> None:
    asked(cast, title="党风廉政建设", themes=["integrity"])
    document(cast, "安全规程", "rule")
    page = text(cast, "吴师傅", "documents", theme="integrity")
    assert "党风廉政建设" in page and "安全规程" not in page
    assert "安全规程" in text(cast, "吴师傅", "documents", q="规程")
    rows = lines(get(cast, "吴师傅", "documents_export"))
    assert rows[0][:3] == ["标题", "文号", "类型"]
    assert sorted(row[0] for row in rows[1:]) == ["党风廉政建设", "安全规程"]
    assert [row[8:10] for row in rows[1:] if row[0] == "党风廉政建设"] == [[4.0, 0.0]]


def test_the_plant_calls_a_theme_otherwise_and_back(cast: Cast) -> None:
    document(cast, themes=["whole"])
    assert post(cast, "孙干事", "education_word", "themes", "whole", words="顾全大局").status_code == 302
    assert "顾全大局" in text(cast, "吴师傅", "documents") and "本厂的叫法" in text(cast, "孙干事", "education_words")
    post(cast, "孙干事", "education_word", "themes", "whole", words="")
    assert "顾全大局" not in text(cast, "吴师傅", "documents")
    assert get(cast, "孙干事", "education_word", "themes", "gone").status_code == 404


def more(cast: Cast, n: int) -> None:
    for no in range(n):
        asked(cast, "QL-B1", "QL-B2", title=f"文件{no}-{Document.objects.count()}", themes=["output"])
        row = noticed(cast, title=f"政策{no}-{Document.objects.count()}")
        policies.ask(document=row, question="问一句", **by(cast, "吴师傅"))
        rule = document(cast, f"制度{no}-{Document.objects.count()}", "rule")
        documents.revise(document=rule, version="1", from_on=AT.date(), revised="首次发布", **by(cast))


@pytest.mark.parametrize(
    ("page", "name"), [("documents", "孙干事"), ("relays", "孙干事"), ("relays", "王书记"), ("policies", "孙干事")]
)
def test_three_cost_no_more_queries_than_one(cast: Cast, page: str, name: str) -> None:
    def cost() -> int:
        client = cast.login(Client(), name)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(page)).status_code == 200
        return len(seen)

    more(cast, 1)
    cost()
    one = cost()
    more(cast, 2)
    assert cost() == one


def test_one_document_costs_the_same_however_many_bodies_and_versions(cast: Cast) -> None:
    def cost(pk: int) -> int:
        client = cast.login(Client(), "孙干事")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("document", args=[pk])).status_code == 200
        return len(seen)

    one, three = noticed(cast, title="甲"), noticed(cast, title="乙")
    one.relays.filter(body=cast.body["QL-B2"]).delete()
    for row, n in ((one, 1), (three, 3)):
        for no in range(n):
            policies.ask(document=row, question=f"问{no}", **by(cast, "吴师傅"))
    cost(one.pk)
    assert cost(one.pk) == cost(three.pk)


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = make_cast()
    more(cast, 2)
    relays.explain(
        relay=Relay.objects.filter(document__kind="conference")[0], reason="大修期间全员在现场", **by(cast, "王书记")
    )
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    rule = Document.objects.filter(kind="rule")[0].pk
    notice = Document.objects.filter(kind="notice")[0].pk
    relay = Relay.objects.filter(state="open", body=house.body[BODY])[0].pk
    for name, page, args in (
        ("孙干事", "documents", []), ("孙干事", "relays", []), ("王书记", "relays", []), ("孙干事", "policies", []),
        ("孙干事", "document", [rule]), ("孙干事", "document", [notice]), ("孙干事", "education_words", []),
        ("孙干事", "document_new", []), ("孙干事", "policy_new", []), ("王书记", "relay_deed", [relay, "tell"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        check(
            look(reverse(page, args=args), width=width, cookies=client.cookies),
            f"{page}-{name}-{'-'.join(map(str, args))}",
        )


def test_a_relay_is_due_on_the_day_the_list_says(cast: Cast) -> None:
    asked(cast)
    assert str(DUE) in text(cast, "王书记", "relays")
