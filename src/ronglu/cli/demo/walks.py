"""The rounds through the zones as they were walked: most in time, some not at all, and what was found became a hazard."""

import datetime as dt
from random import Random

from ronglu.cli.demo import stories
from ronglu.cli.demo.cases import Played, raise_
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.scale import SEED, TODAY
from ronglu.cli.demo.stories import Tale
from ronglu.cli.demo.zones import Ground, told
from ronglu.store.models import Round
from ronglu.work import rounds
from ronglu.work.rounds import Answer, Found

KIND = {"equipment": "equipment", "safety": "site", "clean": "other"}
MISSED, FINDS = 0.07, 0.1
STEPS = ("raise", "0.3 grade", "1 measure add", "0 settle", "3 measure done", "0 ask", "1 measure pass", "0 close")


def make(played: Played, cast: Cast, ground: Ground) -> None:
    """Every round that fell due by now has its day; those that were missed stay due."""
    chance = Random(f"{SEED}:rounds:{cast.crowd.made.plan.code}")
    said, found = stories.told()["hazard"], 0
    due = Round.objects.filter(zone__plant=cast.crowd.made.plant).select_related(
        "zone__unit", "zone__plant", "checklist"
    )
    for row in due.order_by("due_on", "zone__code", "work_class"):
        day = row.due_on - dt.timedelta(days=chance.randint(0, 4))
        missed, finds = chance.random() < MISSED, chance.random() < FINDS
        owner = row.zone.owners.filter(person__isnull=False).order_by("pk").first()
        if missed or owner is None or owner.person_id not in cast.accounts or day >= TODAY:
            continue
        at = dt.datetime.combine(day, dt.time(9, chance.randint(0, 59)))
        fresh = finds and row.zone in ground.posts and ground.find(row.zone, KIND[row.work_class])
        tale = _finding(cast, row, at, said, found) if fresh else None
        found += tale is not None
        played.at(at, lambda when, row=row, pk=owner.person_id, tale=tale: _walk(played, cast, row, pk, tale, when))


def _walk(played: Played, cast: Cast, row: Round, walker: int, tale: Tale | None, when: dt.datetime) -> None:
    lines = row.checklist.lines
    answers = [Answer(no, "ok") for no in range(1, len(lines) + 1)]
    if tale is not None:
        answers[tale.number % len(lines)] = Answer(tale.number % len(lines) + 1, "finding", tale.subject["found"])

    def raise_finding(found: Found) -> str:
        assert tale is not None
        return raise_(played.loops["hazard"], tale, when, by=cast.person(walker))

    rounds.do(due=row, answers=answers, by=cast.accounts[walker], at=when, raise_finding=raise_finding)
    if tale is not None:
        played.tell(tale, 1)


def _finding(cast: Cast, row: Round, at: dt.datetime, said: dict[str, object], number: int) -> Tale:
    """A hazard in the words of the checklist, raised by the round itself and treated like any other."""
    words = told()["found"][row.work_class]
    what = words[number % len(words)]
    steps = [stories.step(text) for text in STEPS]
    subject = {
        "kind": KIND[row.work_class], "what": f"{row.checklist.lines[number % len(row.checklist.lines)]}：{what}",
        "found": what, "source": "round", "lines": {"measure": [f"处理：{what}"]},
    }  # fmt: skip
    tale = Tale(cast, "hazard", said, {"ago": [0, 0]}, subject, steps, stories.moments(at, steps), number)
    tale.zone, tale.unit = row.zone, row.zone.unit
    return tale
