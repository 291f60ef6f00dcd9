"""What the findings look at beyond the life of a body, which the score counts too: votes and big items, talks, the fixed day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.facts import BodyFacts, Gathering, Matter, Talk, Vote
from ronglu.kernel.regulation.rule import Rule
from ronglu.store import lived
from ronglu.store.models import MeetingHabit, MeetingVote, TalkRecord
from ronglu.store.reasons import Reasons
from ronglu.store.rulebook import regulations
from ronglu.work.regulation_facts import Ground

ASSEMBLY, THEME_DAY, VOTES = "assembly", "theme_day", "R-LIFE-11"
Votes = Mapping[int, list[MeetingVote]]


def bodies(found: Ground, why: Reasons) -> Iterator[BodyFacts]:
    """One for each body that is asked of anything."""
    votes, days, talks, book = _votes(found), _fixed_days(found), _talks(found), regulations(found.plant)
    for body in lived.bodies(
        plant=found.plant, party=found.party, first=found.first, last=found.last, kept=found.begun, why=why,
        wanted=found.bodies,
    ):  # fmt: skip
        key = int(body.id)
        yield replace(
            body,
            fixed_day=days.get(key),
            gatherings=tuple(_voted(one, votes.get(int(one.id), []), book) for one in body.gatherings),
            talks=tuple(talks.get(key, ())),
            matters=tuple(_matters(body.gatherings, votes)),
        )


def _voted(one: Gathering, votes: list[MeetingVote], book: RuleBook) -> Gathering:
    """With votes, those due at an assembly and present are those who had one."""
    election = next((vote for vote in votes if vote.kind == "election"), None)
    voted = (election or (votes[0] if votes else None)) if one.kind == ASSEMBLY else None
    rule = book.get(VOTES, on=one.held_on) if votes else None
    return replace(
        one,
        due=voted.due if voted else one.due,
        attended=voted.voting if voted else one.attended,
        votes=tuple(
            Vote(title=vote.title, favour=vote.favour, voting=vote.voting) for vote in votes if _stands(vote, rule)
        ),
        election=election is not None,
    )


def _stands(vote: MeetingVote, rule: Rule | None) -> bool:
    """A motion that enough people voted on and that simply fell is no breach of anything: it is not passed, and that is all.
    By the shares that the plant's rule had that day, as the meeting itself counted."""
    if vote.kind != "decision" or rule is None:
        return False
    return vote.voting < rule.share("quorum") * vote.due or vote.favour > rule.share("majority") * vote.due


def _votes(found: Ground) -> Votes:
    """By gathering; what a body voted on again under the same name replaces the earlier vote."""
    rows = MeetingVote.objects.filter(gathering__plant=found.plant, gathering__state="closed")
    rows = rows.select_related("gathering", "discussed_in").order_by("gathering__starts_at", "no")
    last: dict[tuple[int, str, str], MeetingVote] = {}
    for row in rows if found.bodies is None else rows.filter(gathering__body__in=found.bodies):
        last[row.gathering.body_id, row.kind, row.title.strip()] = row
    by_gathering: dict[int, list[MeetingVote]] = defaultdict(list)
    for row in last.values():
        by_gathering[row.gathering_id].append(row)
    return by_gathering


def _matters(mine: Iterable[Gathering], votes: Votes) -> Iterator[Matter]:
    for one in mine:
        for vote in votes.get(int(one.id), []) if one.kind == ASSEMBLY else ():
            if vote.kind == "decision":
                before = vote.discussed_in.starts_at.date() if vote.discussed_in else None
                yield Matter(id=vote.pk, title=vote.title, decided_on=one.held_on, discussed_on=before)


def _talks(found: Ground) -> dict[int, list[Talk]]:
    """谈心谈话: the day and between whom, nothing else is kept."""
    told: dict[int, list[Talk]] = defaultdict(list)
    rows = TalkRecord.objects.filter(body__plant=found.plant, kind="heart", held_on__gte=found.first)
    for body, day, pair in rows.values_list("body_id", "held_on", "pair"):
        told[body].append(Talk(held_on=day, pair=pair))
    return told


def _fixed_days(found: Ground) -> dict[int, int]:
    rows = MeetingHabit.objects.filter(body__plant=found.plant, kind=THEME_DAY).exclude(fixed_day=None)
    return dict(rows.values_list("body_id", "fixed_day"))  # type: ignore[arg-type]
