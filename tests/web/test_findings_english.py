"""Findings, rules and periods in English: what the rules say and find comes out in English; a document keeps its Chinese title."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ronglu.kernel.regulation import examples
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.exempt import told as spared
from ronglu.kernel.regulation.finding import Finding
from ronglu.kernel.time.period import Period
from ronglu.packs import regulations
from ronglu.web.org.rule_texts import TEXTS
from ronglu.web.org.told import told, unit_told
from ronglu.web.periods import period_on_page
from ronglu.web.words import named
from tests.cast import Cast, cast
from tests.web.test_life_year import lived, the_20th_of_june

__all__ = ["cast", "the_20th_of_june"]
HAN = re.compile(r"[\u3400-\u9fff]")
# what somebody typed, the title of a document, the made-up workshop of the examples
KEPT = re.compile(r"“[^”]*”|《[^》]*》|一车间")
BOOK = regulations.load()


def chinese(text: str) -> bool:
    return bool(HAN.search(KEPT.sub("", text)))


def found() -> Iterator[Finding]:
    """Everything that the worked examples of the rules on organisational life, study and safety come to."""
    for one in regulations.examples():
        if one.window and one.rule.split("-")[1] in ("LIFE", "EDU", "SAF"):
            period = Period.parse(one.window)
            mine = RuleBook(tuple(examples._switched_on(rule) for rule in BOOK.rules if rule.id == one.rule))
            facts = examples._facts(one.subject or mine.rules[0].subject, one)
            on = one.seen_on or period.last + examples.LATER
            yield from judged(mine, [facts], first=period.first, last=period.last, on=on)


def test_what_the_rules_find_what_clears_it_and_on_what_it_rests_is_said_in_english() -> None:
    texts = {text for one in found() for text in (one.detail, one.clear_by, one.source)}
    assert len(texts) > 200
    with override("en"):
        assert {text: told(text) for text in texts if chinese(told(text))} == {}
    with override("zh-hans"):
        assert {text for text in texts if told(text) != text} == set()


def test_every_text_of_a_rule_has_its_english() -> None:
    texts = {rule.clear_by for rule in BOOK.rules} | {rule.source.note for rule in BOOK.rules}
    texts |= {text for rule in BOOK.rules for side in rule.sides for text in (side.label, side.clear_by)}
    texts |= {one.label for rule in BOOK.rules for one in rule.thresholds.values()}
    texts |= {spared(one) for rule in BOOK.rules for holder in (rule, *rule.sides) for one in holder.exempt}
    units = {one.unit for rule in BOOK.rules for one in rule.thresholds.values()}
    with override("en"):
        assert {text for text in texts if chinese(told(text))} == set()
        assert {unit for unit in units if HAN.search(unit_told(unit))} == set()
        assert {text for text in TEXTS if chinese(named(text))} == set()


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("2026年3月党小组会 0 次", "Party group meeting in 2026-03: 0"),
        ("：何组长 2026年集中培训和集体学习 4 学时", ": 何组长, training and group study in 2026, hours: 4"),
        ("2026年二季度党课、微型党课 0 次", "Party lecture, Short lecture in 2026 Q2: 0"),
        (
            "党小组会每月至少召开 1 次。《安全生产法》（待本单位核对原文）",
            "A group meets every month. 《安全生产法》 (Work Safety Law) (to be compared with the official text here)",
        ),
        (
            "2026年3月支委会 0 次（不设支委会）",
            "Branch committee in 2026-03: 0 (there is no branch committee)",
        ),
        (
            "《安全生产法》第41条（待本单位核对原文）",
            "《安全生产法》 (Work Safety Law), art. 41 (to be compared with the official text here)",
        ),
    ],
)
def test_a_sentence_is_said_part_by_part(text: str, english: str) -> None:
    with override("en"):
        assert told(text) == english


@pytest.mark.parametrize(
    ("period", "english"),
    [("2026-04", "2026-04"), ("2026-Q1", "2026 Q1"), ("2026-H2", "2026 H2"), ("2026", "2026"), ("2026-W11", "2026 week 11"),
     ("2026-03-14", "2026-03-14")],
)  # fmt: skip
def test_periods_are_said_in_the_language_of_the_page(period: str, english: str) -> None:
    label = Period.parse(period).label
    with override("zh-hans"):
        assert named(Period.parse(period)) == named(label) == period_on_page(label)
        assert named(label).replace(" ", "") == label, "a page spaces it, a paper does not"
    with override("en"):
        assert named(Period.parse(period)) == english == named(label)


def test_the_year_of_a_branch_and_its_findings_hold_no_chinese_but_names_and_titles(cast: Cast) -> None:
    lived(cast)
    names = {one.name for one in cast.person.values()} | {
        "转炉党支部",
        "转炉甲班党小组",
        "转炉乙班党小组",
        "青岚冶炼厂",
    }
    for name, page, args in (
        ("王书记", "org_year", ["QL-B1"]),
        ("王书记", "org_findings", []),
        ("王书记", "org_rules", []),
    ):
        cast.account[name].language = "en"
        cast.account[name].save()
        main = (
            cast.login(Client(), name)
            .get(reverse(page, args=args))
            .content.decode()
            .split("<main", 1)[1]
            .split("</main>")[0]
        )
        words = re.sub(r"<[^>]*>", " ", main)
        for one in names:
            words = words.replace(one, "")
        assert [line.strip() for line in words.splitlines() if chinese(line)] == [], page
