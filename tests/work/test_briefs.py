"""Briefs as rows: one made anew stands beside the old one, issued once by a person with a name; sentences in versions."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.brief.book import BriefRules, BriefTrouble
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, AuditEntry, Brief, BriefSentence, Job
from ronglu.store.values import calendar_of
from ronglu.work import briefs
from tests.cast import Cast, make_cast
from tests.work.briefed import DAY, MORNING, made, march, said

LATER = dt.datetime(2026, 3, 21, 14)
OWN = "{指标}欠产 {差}，计划 {计划}。"


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    found = make_cast()
    march(found, settings)
    return found


def rules(cast: Cast) -> BriefRules:
    return pack_of(cast.plant.code).base.brief


def who(cast: Cast) -> Account:
    return cast.account["周统计员"]


def write(cast: Cast, text: str = OWN, key: str = "day.below") -> BriefSentence:
    return briefs.write(plant=cast.plant, key=key, text=text, rules=rules(cast), by=who(cast), at=MORNING)


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="briefs.").order_by("pk").values_list("verb", flat=True))


def test_the_same_rows_and_sentences_make_no_second_brief(cast: Cast) -> None:
    one, again = made(cast), made(cast, at=LATER)
    assert (again.pk, Brief.objects.count(), one.digest) == (one.pk, 1, again.digest)
    assert verbs() == ["briefs.make"]


def test_a_sentence_changed_speaks_in_later_briefs_only(cast: Cast) -> None:
    """The issued one keeps its words and its digest; the next says it anew, in version 1 of the sentence."""
    one = made(cast)
    briefs.issue(brief=one, by=who(cast), at=MORNING)
    before = said(one, "day")
    write(cast)
    again = made(cast, at=LATER, cause="改了句子")
    old = Brief.objects.get(pk=one.pk)
    assert said(old, "day") == before == ["处理量（干基） 27.00 t，比计划 30.00 t 少 3.00 t（10.00%）。"]
    assert old.digest == one.digest and old.data["versions"]["day.below"] == 0
    assert said(again, "day") == ["处理量（干基）欠产 3.00 t，计划 30.00 t。"]
    assert again.data["versions"]["day.below"] == 1
    assert again.data["figures"] == old.data["figures"]


def test_back_to_the_default_is_a_version_too_and_nothing_is_lost(cast: Cast) -> None:
    write(cast)
    briefs.restore(plant=cast.plant, key="day.below", rules=rules(cast), by=who(cast), at=LATER)
    assert [(row.version, row.kind) for row in briefs.changes(cast.plant, "day.below")] == [(2, "default"), (1, "own")]
    assert briefs.sentences_of(cast.plant, rules(cast)).texts == rules(cast).sentences.texts
    assert briefs.own(cast.plant) == {}
    with pytest.raises(BriefTrouble, match="本来就是系统默认"):
        briefs.restore(plant=cast.plant, key="day.below", rules=rules(cast), by=who(cast), at=LATER)


def test_a_sentence_that_cannot_be_filled_is_not_kept(cast: Cast) -> None:
    for text, said_ in (("{指标}{产量}", "没有 {产量} 这个空格位"), ("{指标}〔{差", "不成对")):
        with pytest.raises(BriefTrouble) as why:
            write(cast, text)
        assert said_ in str(why.value)
    with pytest.raises(BriefTrouble, match="没有改动"):
        write(cast, rules(cast).sentences.texts["day.below"])
    assert not BriefSentence.objects.exists() and verbs() == []


def test_the_words_of_one_plant_are_not_those_of_another(cast: Cast) -> None:
    write(cast)
    assert briefs.sentences_of(cast.neighbour, rules(cast)).versions["day.below"] == 0


def test_a_draft_is_replaced_at_once_and_an_issued_one_only_when_the_new_is_issued(cast: Cast) -> None:
    first = made(cast)
    write(cast, "{指标}少 {差}。")
    second = made(cast, at=LATER)
    assert [row.state for row in Brief.objects.order_by("version")] == ["replaced", "made"]
    briefs.issue(brief=second, by=who(cast), at=LATER)
    write(cast, "{指标}欠 {差}。")
    third = made(cast, at=LATER)
    assert [row.state for row in Brief.objects.order_by("version")] == ["replaced", "issued", "made"]
    briefs.issue(brief=third, by=who(cast), at=LATER)
    assert [row.state for row in Brief.objects.order_by("version")] == ["replaced", "replaced", "issued"]
    assert (first.version, second.version, third.version) == (1, 2, 3)
    assert verbs().count("briefs.issue") == 2


def test_it_is_issued_once_by_a_person_with_a_name(cast: Cast) -> None:
    one = made(cast)
    with pytest.raises(BriefTrouble, match="签发要落到人"):
        briefs.issue(brief=one, by=cast.account["系统管理员"], at=LATER)
    briefs.issue(brief=one, by=who(cast), at=LATER)
    assert (one.state, one.issued_by, one.issued_at) == ("issued", who(cast), LATER)
    with pytest.raises(BriefTrouble, match="已签发，不能再签发"):
        briefs.issue(brief=Brief.objects.get(), by=cast.account["马主任"], at=LATER)
    assert AuditEntry.objects.get(verb="briefs.issue").detail["name"] == "周统计员"


def test_a_period_that_is_not_over_and_a_repetition_without_a_cause_are_refused(cast: Cast) -> None:
    def ask(period: str, at: dt.datetime = MORNING, cause: str = "") -> Job:
        given = {"plant": cast.plant, "calendar": calendar_of(cast.plant), "by": who(cast), "at": at, "cause": cause}
        return briefs.ask(period=Period.parse(period), **given)

    Job.objects.all().delete()
    with pytest.raises(BriefTrouble, match=r"2026-03-21 到 2026-03-22 08:00 才过完"):
        ask("2026-03-21")
    with pytest.raises(BriefTrouble, match="2026-03 到 2026-04-01 08:00 才过完"):
        ask("2026-03")
    with pytest.raises(BriefTrouble, match="只有日报和月报"):
        ask("2026-W11")
    made(cast)
    with pytest.raises(BriefTrouble, match="重做请写明缘由"):
        ask(str(DAY))
    job = ask(str(DAY), cause=" 补报了 1 班 ")
    assert (job.kind, job.args) == ("brief", {"period": "2026-03-20", "cause": "补报了 1 班"})
    assert Job.objects.count() == 1
