"""双向帮扶 for the two alone, talks of which only the number is kept, 三联系三服务 that leads to cases."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.time.period import Period
from ronglu.store.models import AidNote, AidPair, AuditEntry, Case, ServeRecord, TalkRecord
from ronglu.work import aid, serving, talks
from ronglu.work.aid import BadAid
from ronglu.work.queries import care as queries
from ronglu.work.queries.places import Places
from ronglu.work.serving import BadServe
from ronglu.work.talks import BadTalk
from tests.cast import AT, ON, Cast, cast  # noqa: F401  (the fixture)

pytestmark = pytest.mark.django_db
TWO = ("李班长", "吴师傅")
Q1 = Period.parse("2026-Q1")


def pair(cast: Cast, axis: str = "work", two: tuple[str, str] = TWO, by: str = "") -> AidPair:
    by = by or two[0]
    return aid.propose(
        one=cast.person[two[0]], other=cast.person[two[1]], axis=axis, by=cast.account[by], scope=cast.scope(by), at=AT
    )


def standing(cast: Cast, axis: str = "work", two: tuple[str, str] = TWO) -> AidPair:
    return aid.agree(pair=pair(cast, axis, two), by=cast.account[two[1]], at=AT)


def note(
    cast: Cast, row: AidPair, name: str, *, gave: bool = True, words: str = "教他看炉口火焰", on: dt.date = ON
) -> AidNote:
    return aid.note(pair=row, gave=gave, words=words, on=on, by=cast.account[name], at=AT)


@pytest.mark.covers("S1-24")
def test_two_help_each_other_once_both_are_willing(cast: Cast) -> None:
    """吴师傅 is no Party member: employees are paired like members."""
    row = pair(cast)
    assert (row.state, row.from_on, queries.waiting(cast.scope("吴师傅")), queries.waiting(cast.scope("李班长"))) == (
        "proposed", None, 1, 0,
    )  # fmt: skip
    with pytest.raises(BadAid, match="您已经同意"):
        aid.agree(pair=row, by=cast.account["李班长"], at=AT)
    with pytest.raises(BadAid, match="由两人自己办"):
        aid.agree(pair=row, by=cast.account["王书记"], at=AT)
    row = aid.agree(pair=row, by=cast.account["吴师傅"], at=AT)
    assert (row.state, row.from_on) == ("standing", ON)
    with pytest.raises(BadAid, match="已经结成一对"):
        pair(cast, two=("吴师傅", "李班长"))
    assert pair(cast, "life").axis == "life"


@pytest.mark.covers("S1-24")
def test_both_directions_are_kept_and_who_helped_whom(cast: Cast) -> None:
    row = standing(cast)
    note(cast, row, "李班长")
    note(cast, row, "李班长", gave=False, words="帮我顶了一个班的记录")
    note(cast, row, "吴师傅", words="帮他带孩子")
    assert [one.giver.name for one in AidNote.objects.order_by("pk")] == ["李班长", "吴师傅", "吴师傅"]
    with pytest.raises(BadAid, match="到今天之间"):
        note(cast, row, "李班长", on=dt.date(2026, 3, 11))
    with pytest.raises(BadAid, match="由两人自己办"):
        note(cast, row, "何组长")


@pytest.mark.covers("S1-24")
def test_what_they_write_is_for_the_two_alone_and_life_is_a_number(cast: Cast) -> None:
    row, life = standing(cast), standing(cast, "life", ("李班长", "何组长"))
    note(cast, row, "李班长", words="私房话")
    note(cast, row, "吴师傅", words="私房话二")
    seen = {name for name in cast.names if queries.own_pair(scope=cast.scope(name), pk=row.pk) is not None}
    assert seen == set(TWO)
    assert queries.own_pair(scope=cast.scope("王书记"), pk=life.pk) is None
    told = queries.tended(scope=cast.scope("王书记"), places=Places(cast.plant, ON))
    assert told is not None
    assert ([one.pk for one in told.work], told.life, told.standing, told.both_ways) == ([row.pk], 1, 2, 1)
    for name in ("李班长", "马主任", "孙干事", "高书记", "郑师傅"):
        assert queries.tended(scope=cast.scope(name), places=Places(cast.plant, ON)) is None
    text = str(list(AuditEntry.objects.values_list("verb", "subject", "detail")))
    assert "aid.agree" in text and "私房话" not in text and "李班长" not in text


def test_a_pair_is_declined_or_ended_without_a_reason(cast: Cast) -> None:
    assert aid.decline(pair=pair(cast), by=cast.account["吴师傅"], at=AT).state == "declined"
    row = aid.end(pair=standing(cast), by=cast.account["吴师傅"], at=AT)
    assert (row.state, row.until_on) == ("ended", ON + dt.timedelta(days=1))
    with pytest.raises(BadAid, match="已结束"):
        note(cast, row, "李班长")


@pytest.mark.parametrize(
    ("two", "by", "said"),
    [
        (("李班长", "李班长"), "李班长", "另一个人"),
        (("李班长", "邻厂书记"), "李班长", "不在同一个厂"),
        (("李班长", "吴师傅"), "郑师傅", "由两人中的一人"),
    ],
)
def test_who_cannot_be_paired_or_does_not_pair(cast: Cast, two: tuple[str, str], by: str, said: str) -> None:
    with pytest.raises(BadAid, match=said):
        pair(cast, two=two, by=by)


def faced(cast: Cast, **rest: Any) -> TalkRecord:
    said = {
        "headings": ["development", "situation"],
        "people": 18,
        "on": ON,
        "by": cast.account["王书记"],
        "at": AT,
    } | rest
    return talks.face(body=cast.body["QL-B1"], **said)


@pytest.mark.covers("S4-13")
def test_of_talks_only_the_number_is_kept(cast: Cast) -> None:
    talks.heart(body=cast.body["QL-B1"], pair="committee_member", on=ON, by=cast.account["王书记"], at=AT)
    talks.heart(body=cast.body["QL-B1"], pair="committee_member", on=ON, by=cast.account["王书记"], at=AT)
    assert faced(cast).headings == ["situation", "development"]
    found = queries.talks(scope=cast.scope("王书记"), places=Places(cast.plant, ON), quarter=Q1)
    assert [(one.name, one.hearts, one.faced, one.people) for one in found] == [("转炉党支部", 2, 1, 18)]
    assert found[0].pairs["committee_member"] == 2
    assert found[0].headings == {"situation": 1, "duties": 0, "bearing": 0, "development": 1}
    fields = {one.name for one in TalkRecord._meta.get_fields()}
    assert fields == {"id", "body", "kind", "held_on", "pair", "headings", "people", "by", "at"}
    assert queries.talks(scope=cast.scope("李班长"), places=Places(cast.plant, ON), quarter=Q1) == []


def test_a_talk_that_cannot_be_says_why_and_a_mistake_is_taken_back_the_same_day(cast: Cast) -> None:
    with pytest.raises(BadTalk, match="至少选一项"):
        faced(cast, headings=["weather"])
    with pytest.raises(BadTalk, match="1 以上"):
        faced(cast, people=0)
    with pytest.raises(BadTalk, match="还没有到"):
        faced(cast, on=dt.date(2026, 3, 11))
    with pytest.raises(BadTalk, match="哪些人之间"):
        talks.heart(body=cast.body["QL-B1"], pair="friends", on=ON, by=cast.account["王书记"], at=AT)
    row = faced(cast)
    with pytest.raises(BadTalk, match="本人当天"):
        talks.withdraw(talk=row, by=cast.account["王书记"], at=AT + dt.timedelta(days=1))
    talks.withdraw(talk=row, by=cast.account["王书记"], at=AT)
    assert not TalkRecord.objects.exists()


def served(cast: Cast, name: str = "马主任", **rest: Any) -> ServeRecord:
    said = {"link": "crew", "serves": ["people", "production"], "on": ON, "unit": cast.unit["QL-R1-甲"]} | rest
    return serving.record(plant=cast.plant, by=cast.account[name], scope=cast.scope(name), at=AT, **said)


@pytest.mark.covers("S2-12")
def test_a_cadre_goes_to_a_crew_and_what_he_brings_back_is_dealt_with(cast: Cast) -> None:
    row = served(cast, heard="夜班照明不够", opens=packs().loops["problem"])
    assert (row.person.name, row.serves, row.case.loop) == ("马主任", ["production", "people"], "problem")
    assert Case.objects.get().data["what"] == "夜班照明不够"
    listed = queries.served(scope=cast.scope("王书记"), places=Places(cast.plant, ON), month=Period.month(2026, 3))
    assert listed == [row]
    other = served(cast, "高书记", link="branch", unit=None, body=cast.body["QL-B2"])
    seen = {
        name: [
            one.pk
            for one in queries.served(
                scope=cast.scope(name), places=Places(cast.plant, ON), month=Period.month(2026, 3)
            )
        ]
        for name in ("孙干事", "马主任", "王书记", "李班长")
    }
    assert seen == {"孙干事": [other.pk, row.pk], "马主任": [row.pk], "王书记": [row.pk], "李班长": []}


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ({"link": "nobody"}, "不在“三联系”里"),
        ({"link": "branch"}, "请选哪个支部"),
        ({"unit": None}, "请选去的是哪个生产单位"),
        ({"on": dt.date(2026, 3, 11)}, "还没有到"),
        ({"heard": "长" * 201}, "最多 200 字"),
    ],
)
def test_a_contact_that_cannot_be_says_why(cast: Cast, rest: dict[str, Any], said: str) -> None:
    with pytest.raises(Exception, match=said):
        served(cast, **rest)
    with pytest.raises(BadServe, match="要写明带回什么"):
        served(cast, opens=packs().loops["problem"])


def test_nobody_learns_from_an_answer_that_two_help_each_other_in_life(cast: Cast) -> None:
    """王书记 may bring two together for work; whether they are a pair in life he finds out by no question."""
    standing(cast, "life")
    with pytest.raises(BadAid, match="由两人自己提出"):
        pair(cast, "life", by="王书记")
    with pytest.raises(BadAid, match="由两人自己提出"):
        pair(cast, "life", ("李班长", "何组长"), by="王书记")
    assert pair(cast, by="王书记").state == "proposed"
    assert AuditEntry.objects.filter(verb__startswith="aid.").exclude(detail={}).count() == 0


def test_who_was_asked_and_said_no_is_seen_by_nobody_who_did_not_ask(cast: Cast) -> None:
    def names(reader: str) -> list[int]:
        told = queries.tended(scope=cast.scope(reader), places=Places(cast.plant, ON))
        assert told is not None
        return [one.pk for one in told.work]

    row = pair(cast)
    assert names("王书记") == []
    mine = pair(cast, two=("李班长", "何组长"), by="王书记")
    assert names("王书记") == [mine.pk]
    aid.agree(pair=row, by=cast.account["吴师傅"], at=AT)
    assert names("王书记") == [row.pk, mine.pk]
