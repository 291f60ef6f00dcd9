"""One meeting of an invented branch from its place on the calendar to its close, with who was away, what was said and decided."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.scale import NOW, SEED, TODAY
from ronglu.config.plant import packs
from ronglu.kernel.gathering.guide import BlockKind
from ronglu.store.models import Account, AgendaRow, Body, Gathering, Person, Resolution
from ronglu.web.gatherings.figures import figures
from ronglu.work import cases, gatherings, gatherings_close, gatherings_fill, gatherings_room
from ronglu.work.gatherings_room import Decided

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LASTS = {"group_meeting": 45, "committee": 60, "assembly": 90, "theme_day": 120, "central_study": 180}
"""Minutes; what is not named takes an hour."""


@cache
def said() -> dict[str, Any]:
    return dict(yaml.safe_load(files("ronglu.cli.demo").joinpath("life.yaml").read_text("utf-8")))


@dataclass(frozen=True, kw_only=True)
class Session:
    """`away` is the chance in a hundred that somebody is not there; `due` days from the meeting to what it decided."""

    cast: Cast
    body: Body
    kind: str
    at: dt.datetime
    by: Account
    place: str
    away: int = 12
    given: Mapping[str, Any] = field(default_factory=dict)
    decided: str = ""
    due: int = 14
    before: Callable[[Gathering], object] | None = None
    """Puts something on the agenda before it is opened."""
    inside: Callable[[Gathering], object] | None = None
    """What happens in the room besides: a vote."""

    @property
    def chance(self) -> Random:
        return Random(f"{SEED}:life:{self.body.code}:{self.kind}:{self.at:%Y%m%d}")

    @property
    def ends(self) -> dt.datetime:
        return self.at + dt.timedelta(minutes=LASTS.get(self.kind, 60))


def arranged(one: Session, **more: Any) -> Gathering:
    """Put on the calendar three days before."""
    return gatherings.arrange(
        body=one.body, kind=one.kind, starts_at=one.at, ends_at=one.ends, by=one.by, at=one.at - 3 * DAY, place=one.place,
        **more,
    )  # fmt: skip


def hold(one: Session, row: Gathering | None = None, *, agenda: bool = True) -> Gathering:
    """Opened with what the records lay before it, written down in the room, closed at its end."""
    row = row or arranged(one)
    if one.before is not None:
        one.before(row)
    guide = gatherings.guide_of(row)
    shown = figures(row) if any("figures" in block.fill for block in guide.blocks) else []
    lines = gatherings_fill.lines(row, guide=guide, loops=packs().loops, figures=shown) if agenda else []
    row = gatherings.open(gathering=row, lines=lines, by=one.by, at=one.at)
    people = [each.person for each in row.people.select_related("person")]
    away = _away(one, people)
    talk = _talk(row)
    there = [each for each in people if each.pk not in away]
    gatherings_room.write_down(
        gathering=row, away=away, count=None if people else 18, said=_words(one, row, talk), given=one.given, by=one.by,
        at=one.ends, decided=_decided(one, there, talk),
    )  # fmt: skip
    if one.inside is not None:
        one.inside(row)
    action = packs().loops["action"]
    row = gatherings_close.close(
        gathering=row, action=action, by=one.by, scope=one.cast.scope(one.by, TODAY), at=one.ends
    )
    for resolution in row.resolutions.select_related("case__plant", "owner"):
        settle(one, resolution)
    return row


def make_up(one: Session, first: Gathering, *, at: dt.datetime) -> Gathering | None:
    """For those who were away, at the end of another shift; the agenda is that of the first."""
    if not first.people.filter(mark="away").exists() or at > NOW:
        return None
    again = Session(
        cast=one.cast, body=one.body, kind=one.kind, at=at, by=one.by, place="班组休息室", away=0, given=one.given
    )
    return hold(again, arranged(again, makeup_of=first, title=f"{first.title}（补课）"), agenda=False)


def settle(one: Session, row: Resolution) -> None:
    """Most are done in time and looked at by who chaired; now and then one runs late or still stands open."""
    luck, case, owner = one.chance.randint(1, 12), row.case, row.owner
    if case is None or owner is None or row.due_on is None or owner.pk not in one.cast.accounts or luck == 1:
        return
    loop, late = packs().loops["action"], luck == 2
    done = dt.datetime.combine(row.due_on + (4 if late else -(luck % 4) - 2) * DAY, dt.time(8 + luck % 8, luck * 4))
    results = said()["results"]
    steps = [("finish", one.cast.accounts[owner.pk], done, {"result": results[luck % len(results)]})]
    if one.by.person_id != owner.pk:
        steps.append(("close", one.by, done + 2 * DAY, {"note": "现场看过，属实"}))
    for code, by, at, given in steps:
        if at < NOW:
            case.refresh_from_db()
            scope = one.cast.scope(by, TODAY)
            cases.move(loop=loop, case=case, code=code, seen=case.seen, given=given, at=at, by=by, scope=scope)


def _away(one: Session, people: list[Person]) -> dict[int, str]:
    """Never the one who writes, and never so many that nothing can be decided."""
    chance, reasons = one.chance, said()["reasons"]
    most = len(people) // 5 if one.kind in ("assembly", "committee") else len(people) // 3
    absent = [each.pk for each in people if chance.randint(1, 100) <= one.away and each.pk != one.by.person_id]
    return {pk: reasons[(no + pk) % len(reasons)] for no, pk in enumerate(absent[:most])}


def _words(one: Session, row: Gathering, talk: AgendaRow | None) -> dict[int, str]:
    """What was studied and talked about, a measure to each figure, a word to what had been decided before."""
    told, pick = said(), one.chance.randint(0, 2)
    words: dict[int, str] = {}
    for no, line in enumerate(row.agenda.all()):
        if line.source == "indicator":
            words[line.pk] = told["measures"][(no + pick) % len(told["measures"])]
        elif line.source == "resolution":
            words[line.pk] = told["reported"]
        elif line.kind == BlockKind.REPORT.value and one.kind == "assembly":
            words[line.pk] = told["reports"][pick]
    if talk is not None:
        words[talk.pk] = told["heard"][pick]
        if talk.about_id is not None:
            words[talk.about_id] = told["studied"]
    return words


def _talk(row: Gathering) -> AgendaRow | None:
    """The discussion of what was studied first, else the first one there is."""
    found = list(row.agenda.filter(kind=BlockKind.DISCUSS.value).select_related("about").order_by("no"))
    return next((one for one in found if one.about and one.about.document_id), found[0] if found else None)


def _decided(one: Session, there: list[Person], talk: AgendaRow | None) -> Decided | None:
    if not one.decided or not there:
        return None
    owners = [each for each in there if each.pk != one.by.person_id and each.pk in one.cast.accounts] or there
    owner = owners[one.chance.randint(0, len(owners) - 1)]
    return Decided(text=one.decided, owner=owner, due_on=one.at.date() + one.due * DAY, about=talk)
