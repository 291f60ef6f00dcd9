"""What the people of a story fill in and whom they name: words of the data files as values of the declared fields."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ronglu.cli.demo.org import workshop_of
from ronglu.cli.demo.stories import NOBODY, Tale
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop, Rows
from ronglu.store.models import CaseParty, Person

DAY = dt.timedelta(days=1)


def given(
    loop: Loop, codes: Iterable[str], tale: Tale, when: dt.datetime, *, said: Mapping[str, Any] | None = None,
    choice: int | None = None, by: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The fields among `codes` that the story has words for; `said` are those of one line, `by` who writes it."""
    found = {}
    for code in dict.fromkeys(codes):
        word = said[code] if said and code in said else tale.word(code, choice)
        if word is not None and not (said is not None and code == "proof"):
            found[code] = _value(loop.field(code).kind, word, tale, when, by)
    return found


def _value(kind: Kind, word: Any, tale: Tale, when: dt.datetime, by: int | None) -> Any:
    match kind:
        case Kind.DATE if str(word)[0] in "+-":
            return str(when.date() + int(word) * DAY)
        case Kind.UNIT:
            return _unit(str(word), tale)
        case Kind.BODY:
            return _body(str(word), tale, by)
        case _:
            return word


def _unit(word: str, tale: Tale) -> int:
    made = tale.cast.crowd.made
    if word == "this crew":
        assert tale.unit is not None
        return int(tale.unit.pk)
    if word == "other line":
        return int(made.unit(next_line(tale)).pk)
    return int(made.unit(word).pk)


def next_line(tale: Tale) -> str:
    """The line after that of the story."""
    lines = [line.code for line in tale.cast.crowd.made.plan.lines()]
    return lines[(lines.index(_line(tale)) + 1) % len(lines)]


def _body(word: str, tale: Tale, by: int | None) -> int:
    """The group of the crew, or the branch of the line where it has none; for a pact the branch of who signs."""
    made = tale.cast.crowd.made
    if by is not None:
        return int(made.body(tale.cast.led_by(by)).pk)
    group = tale.cast.group_of(tale.unit) if tale.unit is not None and word == "group" else None
    return int((group or tale.body or made.body(f"B-{_line(tale)}")).pk)


def _line(tale: Tale) -> str:
    """The line of the place; of a pact and of what stands nowhere the first one."""
    if tale.unit is not None:
        return tale.cast.code(tale.unit).split("-")[0]
    return next(tale.cast.crowd.made.plan.lines()).code


def raiser(tale: Tale, *, other: int) -> Person | None:
    """Nobody, those whom the story names, a role of the declaration, or anybody of the crew."""
    word = tale.route.get("raiser", tale.said.get("raiser", ""))
    if word == NOBODY:
        return None
    if word == "committee":
        body = tale.body or tale.cast.crowd.made.body(f"B-{_line(tale)}")
        able = tale.cast.holders("branch_committee", unit=tale.unit, body=body.pk)
        return tale.cast.person(able[other % len(able)])
    found = list(_of(word or "crew", tale))
    return found[other % len(found)]


def people(tale: Tale, code: str, *, turn: int = 0) -> list[Person]:
    """Whom a move or the line of that `turn` names, as the loop's `people` says: so many of these; never who raised it."""
    number, words = str(tale.said["people"][code]).split(" ", 1)
    found = [one for word in words.split(" or ") for one in _of(word, tale)]
    apart = {tale.raiser} | _judged(tale, words)
    free = list(dict.fromkeys(one for one in found if one.pk not in apart)) or found
    first = (tale.number + turn) % len(free)
    return [*free[first:], *free[:first]][: int(number)]


def entries(tale: Tale, rows: Rows, said: list[Any]) -> Iterator[tuple[Any, int | None]]:
    """Each line with who writes it; None: whoever may. `=party`: everybody who stands in the case as that."""
    adder = tale.said.get("adders", {}).get(rows.code, "")
    if adder.startswith("="):
        named = CaseParty.objects.filter(case=tale.case, role=adder[1:]).order_by("person_id")
        for number, pk in enumerate(named.values_list("person_id", flat=True)):
            yield said[number % len(said)], pk
    elif adder:
        tale.bidders = [one.pk for one in _bidders(tale)][: len(said)]
        yield from zip(said, tale.bidders, strict=False)
    else:
        yield from ((entry, None) for entry in said)


def _judged(tale: Tale, words: str) -> set[int]:
    """Who bids never judges."""
    return set(tale.bidders) if words == "experts" else set()


def _bidders(tale: Tale) -> list[Person]:
    crews = [f"{_line(tale)}-{letter}" for letter in tale.cast.crowd.made.letters]
    return [tale.cast.workers(crew)[tale.number % 2] for crew in crews]


def _of(word: str, tale: Tale) -> Iterator[Person]:
    cast, line = tale.cast, _line(tale)
    made = cast.crowd.made
    code = cast.code(tale.unit) if tale.unit is not None else ""
    crew = code if "-" in code else f"{line}-{made.letters[tale.number % len(made.letters)]}"
    workshop = workshop_of(made, line).code
    match word:
        case "crew":
            yield from cast.workers(crew)
        case "leader":
            yield from cast.at_post("crew_leader", crew)
        case "technician":
            yield from [*cast.at_post("technician", line), *cast.at_post("technician", workshop)]
        case "head":
            yield from cast.at_post("workshop_head", workshop)
        case "member":
            yield from cast.members(f"B-{line}")
        case "repair":
            yield from cast.workers("M")
        case "experts":
            yield from (one for post in ("technician", "quality", "equipment") for one in cast.at_post(post))
        case "secretaries":
            yield from (one for n in made.plan.lines() for one in cast.at_post("secretary", f"body B-{n.code}"))
        case "discipline":
            yield from cast.at_post("discipline_office")
        case "downstream":
            yield from _downstream(tale)
        case "bidder":
            yield from (cast.person(pk) for pk in tale.bidders)
        case "partner" | "winner":
            named = CaseParty.objects.filter(case=tale.case, role=word).order_by("person_id")
            yield from (cast.person(pk) for pk in named.values_list("person_id", flat=True))
        case _:
            yield from cast.at_post(word)


def _downstream(tale: Tale) -> Iterator[Person]:
    """The crews of the next step, where the plant has one; else the laboratory that inspects what goes out."""
    cast, made = tale.cast, tale.cast.crowd.made
    next_step = [line for line in made.plan.lines() if line.module == "electrolysis"]
    for line in next_step:
        yield from (one for letter in made.letters for one in cast.workers(f"{line.code}-{letter}")[:2])
    if not next_step:
        yield from (one for code in ("LAB", "QC") if code in made.units for one in cast.workers(code))
