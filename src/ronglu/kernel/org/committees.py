"""Checks on committees: seats, terms, re-elections, vacancies and money: R-ORG-07 and 09 to 14."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ronglu.kernel.org.checks import Hit, check
from ronglu.kernel.org.facts import COMMITTEE as SEATED
from ronglu.kernel.org.facts import DEPUTY, SEATS, SECRETARY, PostHeld, Snapshot, Term
from ronglu.kernel.org.kinds import BRANCHES, COMMITTEE, GENERAL, GROUP
from ronglu.kernel.org.tree import State
from ronglu.kernel.regulation.finding import Subject
from ronglu.kernel.regulation.rule import Level, Rule
from ronglu.kernel.time.months import add_months, add_years


@check
def branch_committee(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for branch in day.party.of_kind(*BRANCHES):
        full = day.headcount(branch.id, full_only=True)
        check_seats = _needs_committee if full >= rule.number("full_members") else _needs_secretary
        yield from check_seats(rule, day, branch, full)


def _needs_committee(rule: Rule, day: Snapshot, branch: State, full: int) -> Iterable[Hit]:
    low, usual, most = rule.number("seats_from"), rule.number("seats_to"), rule.number("seats_most")
    seats = len({post.person for post in day.holders(branch.id, *SEATED)})
    said = f"{branch.name}有正式党员 {full} 名，支委会现有 {seats} 人"
    if not low <= seats <= most:
        yield Hit(Subject("body", branch.id), f"{said}，应设 {low}—{usual} 人，最多 {most} 人")
    elif seats > usual:
        yield Hit(Subject("body", branch.id), f"{said}，一般为 {low}—{usual} 人", level=Level.NOTE)


def _needs_secretary(rule: Rule, day: Snapshot, branch: State, full: int) -> Iterable[Hit]:
    said = f"{branch.name}有正式党员 {full} 名，不设支委会"
    ever = [post for post in day.posts_at.get(branch.id, ()) if post.role == SECRETARY and post.span.from_on <= day.on]
    if not ever:  # a seat once held and now empty is R-ORG-14's: one gap is found once
        yield Hit(Subject("body", branch.id), f"{said}，应设书记 1 人，尚未任命")
    deputies = len(day.holders(branch.id, DEPUTY))
    if deputies > rule.number("deputies_most"):
        yield Hit(
            Subject("body", branch.id, "deputy"),
            f"{said}，副书记 {deputies} 人，最多 {rule.number('deputies_most')} 人",
        )
    others = [post for post in day.holders(branch.id, *SEATED) if post.role not in (SECRETARY, DEPUTY)]
    if others:
        yield Hit(Subject("body", branch.id, "seats"), f"{said}，但登记有委员 {len(others)} 人", level=Level.NOTE)


@check
def term_length(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for body in _elected(day):
        terms = day.terms_of(body.id)
        if not terms:
            yield Hit(Subject("body", body.id), f"{body.name}未登记届期，无法判断是否按期换届", level=Level.NOTE)
            continue
        term = terms[-1]
        years = rule.number("committee_years" if body.kind == COMMITTEE else "branch_years")
        if term.elected_on is None:
            continue
        longest = add_years(term.elected_on, years) + timedelta(days=rule.number("slack_days"))
        if term.due_on > longest:
            detail = f"{body.name}本届自 {term.elected_on} 至 {term.due_on}，每届任期应为 {years} 年"
            yield Hit(Subject("body", body.id), detail, since=term.elected_on)


@check
def election_held(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for body in _elected(day):
        terms = day.terms_of(body.id)
        if not terms:
            continue
        yield from _overdue(rule, day, body, terms[-1])
        if len(terms) > 1:
            yield from _early(rule, body, terms[-2], terms[-1])


def _overdue(rule: Rule, day: Snapshot, body: State, term: Term) -> Iterable[Hit]:
    if day.on > term.ends_on:
        detail = f"{body.name}任期已于 {term.ends_on} 届满，未换届，也没有经批准的延期"
        yield Hit(Subject("body", body.id), detail, since=term.ends_on + timedelta(days=1))
    elif term.extended_to:
        latest = add_years(term.due_on, rule.number("shift_years"))
        if term.extended_to > latest:
            detail = f"{body.name}延期至 {term.extended_to}，超过一年上限（最迟 {latest}）"
            yield Hit(Subject("body", body.id, "extension"), detail)
        elif not term.approved:
            yield Hit(Subject("body", body.id, "extension"), f"{body.name}延期至 {term.extended_to}，没有上级批复记录")


def _early(rule: Rule, body: State, before: Term, now: Term) -> Iterable[Hit]:
    """Advance by more than a few weeks needs the superior's approval, and is never more than a year."""
    if now.elected_on is None or now.elected_on >= before.due_on - timedelta(days=rule.number("slack_days")):
        return
    too_early = now.elected_on < add_years(before.due_on, -rule.number("shift_years"))
    if too_early or not now.approved:
        why = "提前超过一年" if too_early else "没有上级批复记录"
        detail = f"{body.name}于 {now.elected_on} 提前换届（原届满 {before.due_on}），{why}"
        yield Hit(Subject("body", body.id, "early"), detail, since=now.elected_on)


@check
def election_reminder(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for body in _elected(day):
        terms = day.terms_of(body.id)
        if not terms:
            continue
        ends = terms[-1].ends_on
        remind = add_months(ends, -rule.number("months"))
        if remind <= day.on <= ends:
            yield Hit(Subject("body", body.id), f"{body.name}任期将于 {ends} 届满，请着手准备换届", since=remind)


@check
def committee_composition(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for body in day.party.of_kind(COMMITTEE, GENERAL):
        seated = day.holders(body.id, *SEATED)
        yield from _size(rule, body, len({post.person for post in seated}))
        for post in seated:
            yield from _party_age(rule, day, body, post)


def _size(rule: Rule, body: State, seats: int) -> Iterable[Hit]:
    kind = "committee" if body.kind == COMMITTEE else "general"
    low, usual, most = (rule.number(f"{kind}_{edge}") for edge in ("from", "to", "most"))
    said = f"{body.name}委员会现有 {seats} 人，一般 {low}—{usual} 人，最多 {most} 人"
    if not low <= seats <= most:
        yield Hit(Subject("body", body.id), said)
    elif seats > usual:
        yield Hit(Subject("body", body.id), said, level=Level.NOTE)


def _party_age(rule: Rule, day: Snapshot, body: State, post: PostHeld) -> Iterable[Hit]:
    """Counted from the day of joining, the only date that is kept. 党委 seats need the longer age, 书记 at least one year."""
    if body.kind == COMMITTEE:
        years = rule.number("member_years")
    elif post.role == SECRETARY:
        years = rule.number("secretary_years")
    else:
        return
    joined = day.joined.get(post.person)
    who = f"{body.name}{SEATS[post.role]} {day.names.get(post.person, post.person)}"
    subject = Subject("body", body.id, f"age:{post.person}")
    if joined is None:
        yield Hit(subject, f"{who} 未登记入党日期，无法核对党龄", level=Level.NOTE)
    elif add_years(joined, years) > max(post.span.from_on, joined):
        yield Hit(subject, f"{who} 任职时党龄不满 {years} 年（入党 {joined}）", since=post.span.from_on)


@check
def party_work_money(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    """Runs only where a budget row was entered for the year (09 §9.6)."""
    for row in day.budgets:
        if row.year != day.on.year or row.body not in day.party:
            continue
        name, wages = day.party.nodes[row.body].name, row.wages_last_year
        expected = wages * rule.share("share") / 100
        full = row.carried_over > wages * rule.share("carry") / 100
        if full and row.budget > 0:
            detail = f"{name}结转已超过上年工资总额的 {rule.share('carry')}%，{row.year} 年不再安排"
            yield Hit(Subject("body", row.body, "carry"), detail, since=date(row.year, 1, 1))
        elif not full and row.budget < expected:
            detail = f"{name} {row.year} 年党组织工作经费 {row.budget:,.2f} 元，按上年工资总额 {rule.share('share')}% 应为 {expected:,.2f} 元"
            yield Hit(Subject("body", row.body), detail, since=date(row.year, 1, 1))


@check
def seats_filled(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    wait = timedelta(days=rule.number("days"))
    for body in _elected(day):
        for role in _seats_needed(rule, day, body):
            left = vacant_since(day, body, role)
            if left is not None and left + wait <= day.on:
                detail = f"{body.name}的{SEATS[role]}自 {left} 起空缺，已 {(day.on - left).days} 天未补"
                yield Hit(Subject("body", body.id, role), detail, since=left + wait)


def _seats_needed(rule: Rule, day: Snapshot, body: State) -> tuple[str, ...]:
    """A branch too small for a committee needs only its secretary."""
    small = body.kind in BRANCHES and day.headcount(body.id, full_only=True) < rule.number("full_members")
    return (SECRETARY,) if small else SEATED


def vacant_since(day: Snapshot, body: State, role: str) -> date | None:
    """The day the last holder left; an election after that day settled which seats there are (书记 always)."""
    if day.holders(body.id, role):
        return None
    ended = [p.span.until_on for p in day.posts_at.get(body.id, ()) if p.role == role and p.span.until_on]
    left = max((end for end in ended if end <= day.on), default=None)
    if left is None or role == SECRETARY:
        return left
    elected = [term.elected_on for term in day.terms_of(body.id) if term.elected_on and term.elected_on >= left]
    return None if elected else left


def _elected(day: Snapshot) -> tuple[State, ...]:
    """Bodies with a committee or secretary of their own: all but groups."""
    return tuple(state for state in day.party.nodes.values() if state.kind != GROUP)
