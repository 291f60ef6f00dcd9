"""The library: entered once, rules revised version by version, policies told before they take effect."""

import datetime as dt

import pytest

from ronglu.store.models import AuditEntry, Document
from ronglu.work import documents, policies
from ronglu.work.documents import BadDocument
from ronglu.work.queries import documents as queries
from tests.cast import AT, Cast, cast
from tests.work.educated import by, document, noticed, on

__all__ = ["cast"]


@pytest.mark.covers("S1-39")
def test_eight_rules_revised_are_eight_lines_of_the_revision_log(cast: Cast) -> None:
    for no in range(8):
        rule = document(cast, f"党建制度{no}", "rule")
        documents.revise(document=rule, version="1", from_on=dt.date(2024, 1, 1), revised="首次发布", **by(cast))
        documents.revise(document=rule, version="2", from_on=dt.date(2026, 4, 1), revised="改为按季检查", **by(cast))
    one = Document.objects.get(title="党建制度7")
    assert [(v.row.version, v.until_on, v.holds) for v in queries.versions(document=one, on=AT.date())] == [
        ("2", None, False), ("1", dt.date(2026, 4, 1), True),
    ]  # fmt: skip
    april = queries.versions(document=one, on=dt.date(2026, 4, 1))
    assert [v.holds for v in april] == [True, False] and april[0].row.revised == "改为按季检查"
    assert AuditEntry.objects.filter(verb="documents.revise").count() == 16


def test_a_version_is_new_and_later_than_the_last(cast: Cast) -> None:
    rule = document(cast, "考核办法", "rule")
    documents.revise(document=rule, version="1", from_on=on(1).date(), revised="首次发布", **by(cast))
    with pytest.raises(BadDocument, match="换一个版本号"):
        documents.revise(document=rule, version="1", from_on=on(20).date(), revised="改", **by(cast))
    with pytest.raises(BadDocument, match="上一版"):
        documents.revise(document=rule, version="2", from_on=on(1).date(), revised="改", **by(cast))
    with pytest.raises(BadDocument, match="只有规章制度"):
        documents.revise(document=document(cast), version="2", from_on=on(20).date(), revised="改", **by(cast))


def test_the_same_paper_is_entered_once_and_none_from_the_future(cast: Cast) -> None:
    document(cast, number="〔2026〕3 号")
    with pytest.raises(BadDocument, match="已经登记过"):
        document(cast, number="〔2026〕3 号")
    with pytest.raises(BadDocument, match="还没有到"):
        document(cast, "明天的文件", issued_on=on(11).date())
    with pytest.raises(BadDocument, match="发布政策告知"):
        document(cast, "薪酬改革", "notice")


def test_what_no_longer_holds_stays_with_its_mark_and_is_not_revised(cast: Cast) -> None:
    rule = document(cast, "考核办法", "rule")
    documents.void(document=rule, reason="被新办法代替", **by(cast))
    with pytest.raises(BadDocument, match="已废止"):
        documents.revise(document=rule, version="1", from_on=on(20).date(), revised="改", **by(cast))
    with pytest.raises(BadDocument, match="已经废止"):
        documents.void(document=rule, reason="再废一次", **by(cast))
    assert list(queries.listed(plant=cast.plant, wanted=queries.Wanted())) == []
    assert list(queries.listed(plant=cast.plant, wanted=queries.Wanted(state=""))) == [rule]


@pytest.mark.covers("S0-37")
def test_the_study_library_is_found_by_its_themes(cast: Cast) -> None:
    reform = document(cast, "国企改革指导意见", "study", themes=["reform", "one_n"])
    document(cast, "安全生产法", "study", themes=["safety"])
    found = queries.listed(plant=cast.plant, wanted=queries.Wanted(kind="study", theme="one_n"))
    assert list(found) == [reform]


@pytest.mark.covers("S0-40")
@pytest.mark.parametrize("day", [9, 10])
def test_a_policy_takes_effect_after_the_day_it_was_told(cast: Cast, day: int) -> None:
    with pytest.raises(BadDocument, match="最早 2026-03-11 施行"):
        noticed(cast, on(day).date())
    assert noticed(cast, on(11).date()).effective_on == dt.date(2026, 3, 11)


@pytest.mark.covers("S0-40")
def test_every_body_has_until_the_day_before_and_a_later_day_moves_with_it(cast: Cast) -> None:
    row = noticed(cast)
    assert {(one.body.code, one.due_on) for one in row.relays.all()} == {
        ("QL-B1", dt.date(2026, 3, 31)), ("QL-B2", dt.date(2026, 3, 31)),
    }  # fmt: skip
    with pytest.raises(BadDocument, match="只能推迟"):
        policies.postpone(document=row, effective_on=dt.date(2026, 3, 20), reason="急", **by(cast))
    policies.postpone(document=row, effective_on=dt.date(2026, 5, 1), reason="问题没有答完", **by(cast))
    assert {one.due_on for one in row.relays.all()} == {dt.date(2026, 4, 30)}
    with pytest.raises(BadDocument, match="已到"):
        policies.postpone(
            document=row, effective_on=dt.date(2026, 6, 1), reason="晚", **by(cast, at=dt.datetime(2026, 5, 1, 8))
        )


@pytest.mark.covers("S0-40")
def test_what_people_ask_is_answered_for_all_to_read(cast: Cast) -> None:
    row = noticed(cast)
    one = policies.ask(document=row, question="夜班津贴变不变", **by(cast, "吴师傅"))
    assert queries.waiting(cast.scope("孙干事")) == 1 and queries.waiting(cast.scope("王书记")) == 0
    policies.answer(question=one, text="不变", **by(cast))
    assert [(q.question, q.answer) for q in queries.questions(document=row)] == [("夜班津贴变不变", "不变")]
    assert queries.waiting(cast.scope("孙干事")) == 0
    with pytest.raises(BadDocument, match="不是政策告知"):
        policies.ask(document=document(cast), question="问", **by(cast, "吴师傅"))


def test_a_policy_that_is_still_ahead_is_announced_once(cast: Cast) -> None:
    noticed(cast)
    with pytest.raises(BadDocument, match="已经告知，2026-04-01 施行"):
        noticed(cast)
    later = dt.datetime(2026, 4, 2, 9)
    assert noticed(cast, dt.date(2027, 1, 1), **by(cast, at=later)).effective_on == dt.date(2027, 1, 1)


def test_what_people_were_told_of_a_policy_in_force_is_not_put_otherwise(cast: Cast) -> None:
    row = noticed(cast)
    documents.describe(document=row, gist="按岗位价值定级，保留两年", themes=[], **by(cast))
    assert AuditEntry.objects.get(verb="documents.describe").detail == {"before": "按岗位价值定级，原有待遇保留一年"}
    later = by(cast, at=dt.datetime(2026, 4, 1, 9))
    with pytest.raises(BadDocument, match="已施行，要点不再改动"):
        documents.describe(document=row, gist="不保留", themes=[], **later)
    row.refresh_from_db()
    assert documents.describe(document=row, gist=row.gist, themes=["reform"], **later).themes == ["reform"]
