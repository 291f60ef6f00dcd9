"""The annual plan of the invented plant: themes, a goal tree with figures, two key tasks, themed education, twelve platforms, and
the money for its party work."""

import datetime as dt
from decimal import Decimal

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import TODAY
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.plant import pack_of, packs
from ronglu.kernel.annual.joint import Joint
from ronglu.store.models import Account, Body, Goal, KeyTask, Mapping, Theme, Unit
from ronglu.work import goals, key_tasks, party_budgets, platforms, programmes, themes
from ronglu.work.party_budgets import Money
from ronglu.work.scope import scope_of

SET = dt.datetime(2026, 1, 5, 9)
YEAR = 2026
MONEY = Money(wages_last_year=Decimal(128_600_000), budget=Decimal(1_286_000), carried_over=Decimal(412_300))
TASKS = (
    ("吨铜煤耗降到计划以内", dt.date(2026, 1, 12), dt.date(2026, 12, 18), None),
    ("二系列检修一次开好", dt.date(2026, 2, 2), dt.date(2026, 4, 30), Joint.URGE),
)
"""Title, first and last day, and the stage which the line's side confirmed a day late."""
OF_LINE = {"smelting": "SM-02", "fire_refining": "SM-12"}
"""The indicator of a line's goal, by its process."""
USES = {
    "project": "炉口粘渣的清理顺序定了下来",
    "reading": "换托辊前后各听一次，写进了交接班",
    "salon": "三条诉求当场认领，都已答复",
}


def plan(crowd: Crowd) -> None:
    """Before the scoring: what the stages of the key tasks came to belongs to item A5 of their branches."""
    cast, (first, _second) = Cast(crowd), office(crowd)
    book, plant = packs().base.annual, crowd.made.plant
    theme = themes.take(plant=plant, seed=book.themes["grassroots_year"], year=YEAR, by=first, at=SET)
    party_budgets.enter(body=crowd.made.bodies["C"], year=YEAR, money=MONEY, by=first, at=SET)
    for code in ("cost", "lean", "year_work"):
        themes.take(plant=plant, seed=book.themes[code], year=YEAR, by=first, at=SET)
    led = [(body, by, unit) for body in branches(crowd) if (by := secretary_of(cast, body)) and (unit := _line(body))]
    tree = _tree(crowd, led, theme=theme, by=first)
    for told, (body, secretary, unit) in zip(TASKS, led, strict=False):
        _task(cast, crowd, told, body=body, secretary=secretary, unit=unit, goal=tree[body.pk], by=first)
    _education(crowd, [body for body, _by, _unit in led], by=first)
    _platforms(crowd, led, by=first)


def _tree(crowd: Crowd, led: list[tuple[Body, Account, Unit]], *, theme: Theme, by: Account) -> dict[int, Goal]:
    """One goal of the plant, an equal part of it for every branch that stands on a line, each with its row of the plan."""
    said = {"plant": crowd.made.plant, "year": YEAR, "grip": "benefit", "at": SET}
    top = goals.set_one(body=crowd.made.bodies["C"], title="能耗和质量进到同行前列", theme=theme, by=by, **said)
    known = pack_of(crowd.made.plant.code).indicators
    part = 100 // max(len(led), 1)
    found = {}
    for no, (body, secretary, unit) in enumerate(led):
        indicator = known[OF_LINE[unit.module]]
        title = f"{unit.states.latest('from_on').name}{indicator.name}达到计划"
        weight = part if no else 100 - part * (len(led) - 1)
        found[body.pk] = goals.set_one(
            body=body, title=title, parent=top, weight=weight, unit=unit, indicator=indicator.code, by=secretary, **said
        )
    return found


def _task(
    cast: Cast, crowd: Crowd, told: tuple[str, dt.date, dt.date, Joint | None], *, body: Body, secretary: Account, unit: Unit, goal: Goal,
    by: Account,
) -> None:  # fmt: skip
    title, first, last, late = told
    party, code = secretary.person, cast.code(unit)
    assert party is not None
    head = crowd.holding("workshop_head", code[0])
    # who is both secretary and head answers for the Party's side, a crew leader for the line's
    head = crowd.holding("crew_leader", f"{code}-甲") if head.pk == party.pk else head
    shares = {stage: one.share for stage, one in packs().base.annual.joints.items()}
    task = key_tasks.open_one(
        plant=crowd.made.plant, body=body, unit=unit, title=title, grip="benefit", party=party, line=head, first=first, last=last,
        shares=shares, goal=goal, by=by, at=SET,
    )  # fmt: skip
    _confirm(cast, task, (secretary, cast.account(head)), late)


def _confirm(cast: Cast, task: KeyTask, sides: tuple[Account, Account], late: Joint | None) -> None:
    """Each side the day before; of one stage the second came a day after it."""
    for stage in task.stages.filter(due_on__lt=TODAY):
        for no, by in enumerate(sides):
            day = stage.due_on + dt.timedelta(days=1 if no and stage.stage == late else -1)
            at = dt.datetime.combine(day, dt.time(16))
            stage.refresh_from_db()
            key_tasks.confirm(stage=stage, scope=scope_of(by, on=day), by=by, at=at)


def _education(crowd: Crowd, bodies: list[Body], *, by: Account) -> None:
    programmes.open_one(
        plant=crowd.made.plant, seed=packs().base.annual.programmes["themed_education"], title="专题教育：把规程讲到班组",
        body=crowd.made.bodies["C"], bodies=bodies, first=dt.date(2026, 3, 2), by=by, at=SET,
    )  # fmt: skip


def _platforms(crowd: Crowd, led: list[tuple[Body, Account, Unit]], *, by: Account) -> None:
    """All twelve, in turn with the secretaries as owners; three were used in March, the others fell silent."""
    owners = [account.person for _body, account, _unit in led if account.person]
    for no, seed in enumerate(packs().base.annual.platforms.values()):
        row = platforms.register(
            plant=crowd.made.plant, category=seed.category, name=seed.zh, owner=owners[no % len(owners)], rule=seed.says,
            output=seed.output, rhythm=seed.rhythm, posts=seed.posts, grip=seed.grip, on=SET.date(), code=seed.code, by=by, at=SET,
        )  # fmt: skip
        if seed.code in USES:
            body, account, _unit = led[0]
            day = dt.date(2026, 3, 18)
            platforms.use(
                platform=row,
                body=body,
                day=day,
                output=USES[seed.code],
                by=account,
                at=dt.datetime.combine(day, dt.time(17)),
            )


def _line(body: Body) -> Unit | None:
    """The line that the branch stands on, where a goal of it is known; an office has none."""
    rows = (
        Mapping.objects.on(SET.date())
        .filter(body=body, unit__kind="line", unit__module__in=OF_LINE)
        .select_related("unit")
    )
    found = rows.order_by("unit__position").first()
    return found.unit if found else None
