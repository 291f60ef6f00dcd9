"""Makes the whole invented group in an empty database, step by step, and says how long each step took."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ronglu.cli import here
from ronglu.cli.demo import (
    accounts,
    annual,
    arrivals,
    battles,
    books,
    briefs,
    chosen,
    clock,
    closings,
    contests,
    crews,
    cycle,
    drafts,
    effects,
    feeds,
    gatherings,
    ledger,
    life,
    linkages,
    loops,
    members,
    moves,
    org,
    people,
    plans,
    readings,
    rooms,
    safety,
    samples,
    scores,
    shifts,
    standards,
    studies,
    sworn,
    tiers,
)
from ronglu.cli.demo.group import group
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE, THIS_MONTH, Scale
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Plant, Reading
from ronglu.tasks.assess import assess_month, catch_up
from ronglu.tasks.boards import build_plant

Say = Callable[[str], None]


class NotEmpty(Exception):
    """演示数据只写入空库。"""


@dataclass
class Built:
    crowds: list[Crowd] = field(default_factory=list)
    readings: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, say: Say) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 1)
        say(f"{name}  {self.seconds[name]} 秒")


def build(scale: Scale, say: Say) -> Built:
    if Plant.objects.exists() or Account.objects.exists():
        raise NotEmpty("数据库里已有数据，演示集团只写入空的数据目录；换一个 RONGLU_HOME，或先清空它")
    built = Built()
    plans_of = [group()[code] for code in scale.plants]
    with transaction.atomic():
        with built.step("组织、人员、账号", say):
            built.crowds = [people.make(org.make(plan), scale) for plan in plans_of]
            accounts.make(built.crowds)
        with built.step("日历、轮班、计划、考核表", say):
            for crowd in built.crowds:
                _frame(crowd, scale)
    with built.step("读数", say):
        for crowd in built.crowds:
            with transaction.atomic():
                built.readings += readings.make(crowd, scale, imported=_imported(crowd))
    with built.step("责任区、闭环事项", say):
        loops.make(built.crowds, scale)
        cycle.judge(built.crowds[0])
        standards.keep(built.crowds[0])
    with built.step("双提升基线", say), transaction.atomic():
        members.history(built.crowds[0])
    with built.step("年度计划", say), transaction.atomic():
        annual.plan(built.crowds[0])
    with built.step("竞赛、活动", say), transaction.atomic():
        contests.hold(built.crowds[0], scale)
        contests.campaign(built.crowds[0])
        battles.fight(built.crowds[0])
    with built.step("导入、审核、计分", say):
        for crowd in built.crowds:
            _play(crowd, scale)
    with built.step("数据源", say), transaction.atomic():
        feeds.watch(built.crowds[0])
    with built.step("指标板", say):
        for crowd in built.crowds:
            here.rest(crowd.made.plant, NOW)
            build_plant(plant=crowd.made.plant, at=NOW)
    with built.step("成效判断", say), transaction.atomic():
        effects.ask(built.crowds[0])
    with built.step("停机、交接班", say), transaction.atomic():
        shifts.keep(built.crowds[0])
        accounts.set_pins(built.crowds[0], NOW)
    with built.step("横班联系、晒业绩", say), transaction.atomic():
        crews.meet(built.crowds[0])
    with built.step("文件、学习", say), transaction.atomic():
        studies.learn(built.crowds[0])
    with built.step("会议", say), transaction.atomic():
        life.month(built.crowds[0], THIS_MONTH)
        gatherings.meet(built.crowds[0])
    with built.step("隐患通报、风险清单、党费", say), transaction.atomic():
        safety.keep(built.crowds[0])
    with built.step("场地、排会", say), transaction.atomic():
        rooms.plan(built.crowds[0])
        moves.judge(built.crowds[0])
        life.reasons(built.crowds[0])
    with built.step("责任书、自查、帮扶", say), transaction.atomic():
        sworn.keep(built.crowds[0])
    with built.step("生产简报", say), transaction.atomic():
        briefs.tell(built.crowds[0])
    with built.step("双提升、积分", say), transaction.atomic():
        members.settle(built.crowds[0])
    with built.step("考核周期", say), transaction.atomic():
        cycle.review(built.crowds[0])
    with built.step("标准与荣誉", say), transaction.atomic():
        standards.honours(built.crowds[0])
        chosen.choose(built.crowds[0])
        chosen.nominate(built.crowds[0])
    with built.step("联动、年度", say), transaction.atomic():
        linkages.results(built.crowds[0])
    with built.step("贡献台账、填报负担", say), transaction.atomic():
        ledger.keep(built.crowds[0])
    for crowd in built.crowds:
        catch_up(plant=crowd.made.plant, at=NOW)
    drafts.make(built.crowds[0])
    _, wrong = samples.write(built.crowds[0], Path(settings.HOME) / "demo")
    arrivals.try_wrong(built.crowds[0], wrong)
    built.readings = Reading.objects.count()
    return built


def _frame(crowd: Crowd, scale: Scale) -> None:
    clock.make(crowd.made, scale)
    moves.make(crowd)
    plans.make(crowd)
    tiers.keep(crowd)
    for workshop in crowd.made.plan.workshops:
        books.source(crowd.made, workshop)
    scores.publish(crowd)
    scores.figures(crowd, scale)
    scores.past(crowd, scale)
    if crowd.made.plan.code == arrivals.FIRST:
        linkages.schemes(crowd)
        life.begin(crowd, scale)


def _imported(crowd: Crowd) -> tuple[Period, ...]:
    return arrivals.MONTHS if crowd.made.plan.code == arrivals.FIRST else ()


def _play(crowd: Crowd, scale: Scale) -> None:
    """Month after month as it came: import and audit where files come in, then the scoring. What moves later is scored again once, in members.settle."""
    plant, first = crowd.made.plant, crowd.made.plan.code == arrivals.FIRST
    for month in scale.assessed:
        if first and month == SHOWCASE:
            arrivals.bring(crowd, month)
        if first:
            life.month(crowd, month)
        with _standing_on(_scored_at(month).date()):
            assess_month(plant=plant, month=month, at=_scored_at(month), cause="月度计分")
        if first and month < SHOWCASE:
            closings.close(crowd, month)
    if first:
        arrivals.bring(crowd, THIS_MONTH)
        arrivals.correct(crowd)


@contextmanager
def _standing_on(day: dt.date) -> Iterator[None]:
    """The rules are run over what was on record that day, not over what the months after it still owe."""
    was, settings.TODAY = settings.TODAY, day.isoformat()
    try:
        yield
    finally:
        settings.TODAY = was


def _scored_at(month: Period) -> dt.datetime:
    return dt.datetime.combine((month + 1).first + dt.timedelta(days=2), dt.time(16))
