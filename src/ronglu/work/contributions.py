"""贡献: claimed by a branch through a measure registered before, confirmed by the line, settled by the party office, once (S3-05)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.standing.contribution import (
    WHOLE,
    ContributionState,
    ContributionTrouble,
    refuse_measure,
    refuse_shares,
)
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, Case, Contribution, Plant, Unit
from ronglu.work import audits, committees, hands
from ronglu.work.queries import contributions as queries

S = ContributionState
LEAST = 10
PAPERS = ("decision", "meeting")


@transaction.atomic
def claim(
    *,
    body: Body,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    measure: Case | None,
    asked: int,
    did: str,
    record: str,
    statement: str,
    by: Account,
    at: dt.datetime,
) -> Contribution:
    """Refused in words: without a measure, with one registered too late, and where nothing got better."""
    Plant.objects.select_for_update().get(pk=body.plant_id)
    ground = queries.Ground.of(body.plant, period)
    if at.date() <= ground.ends_on:
        raise _trouble(f"{period} 还没有过完，等数出来再申报")
    if measure is None:
        raise _trouble("没有在改善期开始前登记的举措，贡献计 0；行政成绩不能直接算作党组织成绩")
    refuse_measure(registered_at=measure.raised_at, starts_at=ground.starts_at, dropped=measure.phase == "dropped")
    if measure.pk not in {one.pk for one in ground.at(unit.pk, body=body.pk)}:
        raise _trouble("这项举措不是这个支部在这条产线上登记的，不能作为它的贡献")
    improvement = queries.one(ground=ground, unit=unit, indicator=indicator)
    if not improvement.improved:
        raise _trouble(
            f"{indicator.name} {period} 没有比上月好，或数量没有超过计划（上月 {improvement.past}，本月 {improvement.value}，计划 {improvement.plan}），没有可申报的"
        )
    if not 1 <= asked <= WHOLE:
        raise _trouble(f"申报份额应在 1 到 100 之间，现在是 {asked}")
    _check_statement(body, did, record, statement, at.date())
    spot = {"unit": unit, "indicator": indicator.code, "period": str(period)}
    if Contribution.objects.filter(**spot, measure=measure).exists():
        raise _trouble(f"{measure.number} 已经申报过这一项改善，一项举措只认一次")
    if Contribution.objects.filter(**spot, body=body).exists():
        raise _trouble("本支部已经申报过这一项改善")
    made = Contribution.objects.create(
        plant=body.plant, body=body, **spot, measure=measure, value=str(improvement.value), past=str(improvement.past),
        plan=_text(improvement.plan), asked=asked, did=did, record=record.strip(), statement=statement.strip(),
        claimed_by=by, claimed_at=at,
    )  # fmt: skip
    _note("claim", made, by, at, measure=measure.number, asked=asked)
    return made


@transaction.atomic
def confirm(*, contribution: Contribution, holds: bool, reason: str, by: Account, at: dt.datetime) -> None:
    """The head of the line says whether it was so; nobody of the claiming committee, and not who claimed."""
    hands.apart(
        by, contribution.claimed_by, on=at.date(), trouble=ContributionTrouble, own="自己申报的贡献要由产线负责人确认"
    )
    if committees.sits(by, contribution.body, on=at.date()):
        raise _trouble("您是申报支部的委员，要由不在这个支部委员会的产线负责人确认")
    if not holds and not reason.strip():
        raise _trouble("不认可的，请写明理由")
    _move(
        contribution, S.CLAIMED, S.CONFIRMED if holds else S.REJECTED, confirmed_by=by, confirmed_at=at,
        reason=reason.strip(), granted=None if holds else 0,
    )  # fmt: skip
    _note("confirm", contribution, by, at, holds=holds)


@transaction.atomic
def settle(
    *, contribution: Contribution, granted: Mapping[int, int], reason: str, by: Account, at: dt.datetime
) -> None:
    """All confirmed claims to one improvement at once: `granted` by claim in per cent, 0 rejects; together at most the whole."""
    Plant.objects.select_for_update().get(pk=contribution.plant_id)
    rows = queries.beside(contribution)
    waiting = [one for one in rows if one.state == S.CONFIRMED]
    if not waiting or set(granted) != {one.pk for one in waiting}:
        raise _trouble("申报有变动，请重新打开再复核")
    _refuse_stake(waiting, by, at.date())
    names = queries.Places(contribution.plant, at.date())
    credited = sum(one.granted or 0 for one in rows if one.state == S.CREDITED)
    refuse_shares({names.body_name(one.body_id): granted[one.pk] for one in waiting}, credited=credited)
    if any(granted[one.pk] != one.asked for one in waiting) and not reason.strip():
        raise _trouble("分摊、核减或不认定的，请写明理由")
    for one in waiting:
        share = granted[one.pk]
        _move(
            one, S.CONFIRMED, S.CREDITED if share else S.REJECTED, granted=share, reviewed_by=by, reviewed_at=at,
            reason=reason.strip(),
        )  # fmt: skip
        _note("settle", one, by, at, asked=one.asked, granted=share, reason=reason.strip())


def credited(*, body: Body, unit: Unit, indicator: str, period: Period) -> int:
    """Per cent of the improvement that is the branch's by a settled claim; 0 for whoever claimed nothing."""
    rows = Contribution.objects.filter(
        body=body, unit=unit, indicator=indicator, period=str(period), state=S.CREDITED.value
    )
    return rows.aggregate(n=Sum("granted"))["n"] or 0


def _check_statement(body: Body, did: str, record: str, statement: str, on: dt.date) -> None:
    if len(statement.strip()) < LEAST:
        raise _trouble(f"请用几句话写明党组织做了什么（至少 {LEAST} 个字）")
    if did in PAPERS and not record.strip():
        raise _trouble("请写明是哪一次会议、哪一份决定（日期或文号）")
    if did not in PAPERS and record not in dict(queries.records(body=body, on=on)):
        raise _trouble("请选本支部的队伍或责任区")


def _refuse_stake(rows: list[Contribution], by: Account, on: dt.date) -> None:
    before = [hand for one in rows for hand in (one.claimed_by, one.confirmed_by)]
    own = "申报或确认过的人不能复核，请由另一人复核"
    hands.apart(by, *before, on=on, trouble=ContributionTrouble, own=own)
    home = committees.branch_of(by.person, on=on) if by.person else None
    if home is not None and home.pk in {one.body_id for one in rows}:
        raise _trouble("您是申报支部的党员，请由别的支部的人复核")


def _move(contribution: Contribution, source: S, target: S, **fields: object) -> None:
    rows = Contribution.objects.filter(pk=contribution.pk, state=source.value)
    if rows.update(state=target.value, **fields) != 1:
        raise _trouble("这项申报已经办过，请刷新后再看")
    contribution.refresh_from_db()


def _trouble(text: str) -> ContributionTrouble:
    return ContributionTrouble([text])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _note(verb: str, one: Contribution, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = f"{one.unit.code} {one.indicator} {one.period} {one.body.code}"
    audits.record(verb=f"contributions.{verb}", by=by, at=at, plant=one.plant, subject=subject, detail=detail)
