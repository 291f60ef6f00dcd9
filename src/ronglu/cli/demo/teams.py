"""Teams and labour of an invented plant (teams.yaml): who was called and what came of it, duties, model posts, a ditch to clear,
volunteer hours, a studio, outcomes, two questions.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.scale import TODAY
from ronglu.config.plant import packs
from ronglu.store.models import Account, Body, Person, Team
from ronglu.work import achievements, activities, duties, missions, model_posts, seasons, studios, teams
from ronglu.work import help as asking

SINCE = dt.date(2026, 1, 5)
AT = dt.datetime.combine(SINCE, dt.time(9))
FAULTS = {"smelting": "SM-15", "fire_refining": "SM-15a", "concentrating": "CN-14", "forging": "FG-08b"}
"""The indicator that tells how often the machines of a module fail."""
Said = Mapping[str, Any]


@cache
def told() -> Said:
    found: Said = yaml.safe_load(files("ronglu.cli.demo").joinpath("teams.yaml").read_text("utf-8"))
    return found


def make(cast: Cast, *, rich: bool) -> None:
    called = _teams(cast)
    for number, said in enumerate(told()["missions"]):
        if rich or number in told()["lean_missions"]:
            _mission(cast, called[said["team"]], said)
    _duties(cast)
    _posts(cast)
    _season(cast)
    _ledgers(cast)
    _awards(cast)
    _questions(cast)


def _teams(cast: Cast) -> dict[str, Team]:
    """Each led by who comes first of its people; the three share nobody."""
    made, found = cast.crowd.made, {}
    pool = iter([one for crew in _crews(cast) for one in _members(cast, crew)])
    for said in told()["teams"]:
        body = _branch(cast) if said["at"] == "line" else made.body("C")
        team = teams.found(
            plant=made.plant, code=f"{made.plan.prefix}-{said['code']}", name=said["name"], kind=said["kind"], body=body,
            purpose=said["purpose"], on=SINCE, by=_office(cast), at=AT,
        )  # fmt: skip
        for number, duty in enumerate(said["duties"][: said["people"]]):
            role = "member" if number else "leader"
            teams.join(team=team, person=next(pool), role=role, duties=duty, on=SINCE, by=_office(cast), at=AT)
        found[said["code"]] = team
    return found


def _mission(cast: Cast, team: Team, said: Said) -> None:
    """Called by the safety officer, reported by its leader, found true by a technician outside the team."""
    at = dt.datetime.combine(TODAY - dt.timedelta(days=said["ago"]), dt.time(8, 20))
    line, hour = _line(cast), dt.timedelta(hours=1)
    leader = cast.account(team.members.get(role="leader").person)
    called = missions.call(team=team, unit=cast.crowd.made.unit(line.code), why=said["why"], by=_safety(cast), at=at)
    if said["to"] == "called":
        return
    missions.start(mission=called, by=leader, at=at + hour / 2)
    figures = (
        {"indicator": FAULTS[line.module], "before": said["before"], "after": said["after"]}
        if "indicator" in said
        else {}
    )
    missions.report(
        mission=called, report=said["report"], effect=said["effect"], by=leader, at=at + 7 * hour, **figures
    )
    if said["to"] == "verified":
        missions.verify(mission=called, holds=True, verdict=said["verdict"], by=_technician(cast), at=at + 30 * hour)


def _duties(cast: Cast) -> None:
    """Of each branch of a line three members, one a duty; in the first crew of the plant one has two."""
    roles = list(packs().base.duties.values())
    for line in cast.crowd.made.plan.lines():
        body = cast.crowd.made.body(f"B-{line.code}")
        people = [one for letter in cast.crowd.made.letters for one in _members(cast, f"{line.code}-{letter}")[1:2]]
        for number, (role, area) in enumerate(zip(roles, told()["duties"], strict=True)):
            person = people[number % len(people)]
            duties.name(person=person, role=role, body=body, area=area, on=SINCE, by=_office(cast), at=AT)


def _posts(cast: Cast) -> None:
    line, by = _line(cast), cast.account(cast.at_post("secretary", f"body B-{_line(cast).code}")[0])
    for number, said in enumerate(told()["posts"]):
        crew = _crews(cast)[number]
        on = dt.date(2026, 2, 2 + number)
        post = model_posts.set_up(
            body=cast.crowd.made.body(f"B-{line.code}"), unit=cast.crowd.made.unit(crew), name=said["name"],
            people=_members(cast, crew)[:2], weakness=said["weakness"], criteria=said["criteria"],
            review_on=dt.date(2026, 3, 27 + number), on=on, by=by, at=dt.datetime.combine(on, dt.time(10)),
            indicator=FAULTS.get(line.module, "") if number == 0 else "",
        )  # fmt: skip
        if said.get("keeps"):
            at = dt.datetime(2026, 3, 27, 15)
            model_posts.keep(
                post=post, review=said["review"], review_on=dt.date(2026, 5, 8), by=_technician(cast), at=at
            )


def _season(cast: Cast) -> None:
    """The ditches before the rains: split among the groups of the first line, half of it checked."""
    made, said, at = cast.crowd.made, told()["season"], dt.datetime(2026, 3, 30, 9)
    task = seasons.plan(
        season=packs().base.seasons["flood"], year=2026, title=said["title"], unit=made.unit(""), area=said["area"],
        due_on=said["due"], by=_safety(cast), at=at,
    )  # fmt: skip
    groups = [made.bodies[code] for crew in _crews(cast) if (code := f"B-{crew}") in made.bodies]
    shares = [
        seasons.split(
            task=task, body=groups[number % len(groups)], part=part["part"], due_on=said["share_due"], by=_safety(cast),
            at=at, planned=part["planned"], measure="米",
        )
        for number, part in enumerate(told()["shares"])
    ]  # fmt: skip
    for number, (share, part) in enumerate(zip(shares, told()["shares"], strict=True)):
        when = at + dt.timedelta(days=3 + 2 * number, hours=7)
        if part["to"] != "open":
            by = cast.account(_members(cast, _crews(cast)[number])[0])
            seasons.finish(
                share=share, minutes=part["minutes"], output=part["output"], amount=part["amount"], by=by, at=when
            )
        if part["to"] == "checked":
            seasons.check(share=share, remark=part["remark"], by=_safety(cast), at=when + dt.timedelta(hours=18))


def _ledgers(cast: Cast) -> None:
    """Volunteer hours, a studio, and what came out; a technician recorded it, the secretary found it true."""
    body, unit = _branch(cast), cast.crowd.made.unit(_line(cast).code)
    secretary = cast.account(cast.at_post("secretary", f"body B-{_line(cast).code}")[0])
    for said in told()["activities"]:
        day = TODAY - dt.timedelta(days=said["ago"])
        rest = {
            name: said[name] for name in ("title", "minutes", "people", "output", "amount", "measure") if name in said
        }
        activities.record(body=body, day=day, by=secretary, at=dt.datetime.combine(day, dt.time(18)), **rest)
    studio = dict(told()["studio"])
    studios.found(
        unit=unit,
        body=body,
        name=f"{_line(cast).name}{studio.pop('name')}",
        on=SINCE,
        by=_office(cast),
        at=AT,
        **studio,
    )
    for number, said in enumerate(told()["achievements"]):
        at = dt.datetime(2026, 2, 10 + 7 * number, 14)
        words = {name: said[name] for name in achievements.WORDS}
        row = achievements.record(
            kind=said["kind"],
            title=said["title"],
            body=body,
            unit=unit,
            day=at.date(),
            by=_technician(cast),
            at=at,
            **words,
        )
        if "verdict" in said:
            later = at + dt.timedelta(days=4)
            achievements.verify(achievement=row, holds=True, verdict=said["verdict"], by=secretary, at=later)


def _awards(cast: Cast) -> None:
    """The technician claimed them; the secretary looked at the document of all but the last."""
    body, unit = _branch(cast), cast.crowd.made.unit(_line(cast).code)
    secretary = cast.account(cast.at_post("secretary", f"body B-{_line(cast).code}")[0])
    for number, said in enumerate(told()["awards"]):
        at = dt.datetime.combine(said["day"], dt.time(10)) + dt.timedelta(days=7)
        given = {name: said[name] for name in ("title", "level", "prize", "organ", "paper", "day")}
        row = achievements.award(body=body, unit=unit, rules=packs().base.awards, by=_technician(cast), at=at, **given)
        if number + 1 < len(told()["awards"]):
            verdict = "看过表彰文件，名称、等次一致"
            achievements.verify(
                achievement=row, holds=True, verdict=verdict, by=secretary, at=at + dt.timedelta(days=3)
            )


def _questions(cast: Cast) -> None:
    asker, other = cast.workers(_crews(cast)[0])[-1], _members(cast, _crews(cast)[1])[0]
    for number, said in enumerate(told()["help"]):
        at = dt.datetime.combine(TODAY - dt.timedelta(days=6 - 4 * number), dt.time(10))
        by = cast.account(asker)
        row = asking.ask(
            plant=cast.crowd.made.plant, topic=said["topic"], question=said["question"], by=by, at=at,
            asked=None if number else other,
        )  # fmt: skip
        if said["answer"]:
            asking.answer(asking=row, answer=said["answer"], by=cast.account(other), at=at + dt.timedelta(hours=5))
            asking.settle(asking=row, helped=said["helped"], by=by, at=at + dt.timedelta(days=1))


def _line(cast: Cast) -> Any:
    return next(cast.crowd.made.plan.lines())


def _branch(cast: Cast) -> Body:
    return cast.crowd.made.body(f"B-{_line(cast).code}")


def _crews(cast: Cast) -> list[str]:
    """The crews of all lines, those of the first line first."""
    made = cast.crowd.made
    return [f"{line.code}-{letter}" for line in made.plan.lines() for letter in made.letters]


def _members(cast: Cast, crew: str) -> list[Person]:
    return [hand.person for hand in cast.crowd.hands if hand.unit == crew and hand.body and hand.person is not None]


def _office(cast: Cast) -> Account:
    return cast.account(cast.at_post("party_office", "body C")[0])


def _safety(cast: Cast) -> Account:
    return cast.account(cast.at_post("safety_officer")[-1])


def _technician(cast: Cast) -> Account:
    return cast.account(cast.at_post("technician", _line(cast).code)[0])
