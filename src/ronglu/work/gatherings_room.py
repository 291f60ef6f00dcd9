"""In the room: who came, what was said, what was decided; written by one person while the meeting is open."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django.db import transaction

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import BlockKind, Guide, Input
from ronglu.kernel.regulation.facts import RATINGS
from ronglu.store.models import Account, AgendaRow, Case, Document, Gathering, GatheringPerson, GatheringState, Person
from ronglu.store.models import Resolution as ResolutionRow
from ronglu.store.rulebook import regulations
from ronglu.work import gatherings, gatherings_due

SAID = 2000
BEFORE = (GatheringState.PLANNED, GatheringState.CALLED, GatheringState.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A resolution as it is said in the room; owner and date may still be missing."""

    text: str
    owner: Person | None = None
    due_on: dt.date | None = None
    about: AgendaRow | None = None


@transaction.atomic
def write_down(
    *, gathering: Gathering, by: Account, at: dt.datetime, away: Mapping[int, str], count: int | None,
    said: Mapping[int, str], given: Mapping[str, Any], decided: Decided | None = None, seen: str = "",
) -> Gathering:  # fmt: skip
    """The whole sheet of the one who writes, in one go: who came, what was said, one more resolution.

    `seen`: how the sheet stood when its writer's words were laid into it (`written`); who was overtaken tries again.
    """
    row = gatherings.held(gathering, GatheringState.OPEN)
    if seen and written(row) != seen:
        raise GatheringTrouble("另一个人正好同时保存了，请再按一次保存")
    row = attend(gathering=gathering, away=away, count=count, by=by, at=at)
    row = take_down(gathering=row, said=said, given=given, by=by, at=at)
    if decided is not None:
        resolve(
            gathering=row, text=decided.text, owner=decided.owner, due_on=decided.due_on, about=decided.about, by=by, at=at
        )  # fmt: skip
    return row


def written(row: Gathering) -> str:
    """Short for all that is written on the sheet now; whatever changes, changes it. Two queries, and the row itself."""
    told = Gathering.objects.filter(pk=row.pk).values_list("present", "data").get()
    people = list(row.people.order_by("pk").values_list("person_id", "due", "mark", "reason"))
    agenda = list(row.agenda.order_by("pk").values_list("pk", "said"))
    return blake2s(json.dumps([told, people, agenda], sort_keys=True).encode(), digest_size=16).hexdigest()


@transaction.atomic
def attend(
    *, gathering: Gathering, by: Account, at: dt.datetime, away: Mapping[int, str] | None = None, count: int | None = None
) -> Gathering:  # fmt: skip
    """`away`: person → why, of those due; everybody else due is there. Where nobody in particular is due, a number."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    people = list(row.people.filter(due=True))
    absent = dict(away or {})
    if unknown := set(absent) - {one.person_id for one in people}:
        raise GatheringTrouble(f"有 {len(unknown)} 人不在应到名单里，请刷新后再登记")
    for one in people:
        one.mark = "away" if one.person_id in absent else "present"
        one.reason = absent.get(one.person_id, "").strip()[:80]
    GatheringPerson.objects.bulk_update(people, ["mark", "reason"])
    gatherings_due.remark(row.pk)
    row.present = sum(one.mark == "present" for one in people) if people else _number(count)
    row.save(update_fields=["present"])
    return row


@transaction.atomic
def take_down(
    *, gathering: Gathering, by: Account, at: dt.datetime, said: Mapping[int, str], given: Mapping[str, Any] | None = None
) -> Gathering:  # fmt: skip
    """`said`: agenda line → words; `given`: input of the guide → what was filled in. What is not named stays as it is."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    lines = {one.pk: one for one in row.agenda.filter(pk__in=list(said))}
    if set(said) - set(lines):
        raise GatheringTrouble("议程刚刚被改过，请刷新后再记")
    for pk, words in said.items():
        if len(words.strip()) > SAID:
            raise GatheringTrouble(f"“{lines[pk].title[:20]}”最多记 {SAID} 字")
        lines[pk].said = words.strip()
    AgendaRow.objects.bulk_update(list(lines.values()), ["said"])
    if given:
        row.data = row.data | _read(row, gatherings.guide_of(row), given)
        row.save(update_fields=["data"])
    return row


@transaction.atomic
def add_line(
    *, gathering: Gathering, block: str, title: str, by: Account, at: dt.datetime, kind: str = "",
    about: AgendaRow | None = None, case: Case | None = None, document: Document | None = None,
) -> AgendaRow:  # fmt: skip
    """A line by hand, before the meeting or in it; `kind` 汇报, 研讨 or 分享 where it differs from the block's (S1-16)."""
    row = gatherings.held(gathering, *BEFORE)
    part = gatherings.guide_of(row).block(block)
    if part is None:
        raise GatheringTrouble(f"指导书里没有“{block}”这个环节")
    if kind and kind not in set(BlockKind):
        raise GatheringTrouble(f"没有“{kind}”这种形式")
    if not title.strip():
        raise GatheringTrouble("请写明要讲的内容")
    if about is not None and about.gathering_id != row.pk:
        raise GatheringTrouble("关联的议程不在这次会上")
    if any(one is not None and one.plant_id != row.plant_id for one in (case, document)):
        raise GatheringTrouble("关联的事项或文件不在本厂")
    last = row.agenda.filter(block=block).order_by("-no").values_list("no", flat=True).first()
    source = "case" if case else "document" if document else ""
    return AgendaRow.objects.create(
        gathering=row, no=last or row.agenda.count() + 1, block=block, kind=kind or part.kind, title=title.strip()[:200],
        about=about, case=case, document=document, source=source,
    )  # fmt: skip


def case_of(gathering: Gathering, number: str) -> Case:
    """A case of the plant by its number; one that was raised in confidence is not for a meeting."""
    found = Case.objects.filter(plant=gathering.plant_id, number=number.strip().upper(), secrecy="open").first()
    if found is None:
        raise GatheringTrouble(f"没有编号 {number.strip()} 的事项，或不能在会上讲")
    return found


@transaction.atomic
def drop_line(*, line: AgendaRow, by: Account, at: dt.datetime) -> None:
    """What this meeting does not deal with; it comes up again next time."""
    row = gatherings.held(line.gathering, *BEFORE)
    if row.agenda.filter(pk=line.pk).exclude(said="").exists():
        raise GatheringTrouble("这一条已经有记录，不能去掉；先清空记录")
    line.delete()


@transaction.atomic
def resolve(
    *, gathering: Gathering, text: str, by: Account, at: dt.datetime, owner: Person | None = None,
    due_on: dt.date | None = None, about: AgendaRow | None = None,
) -> ResolutionRow:  # fmt: skip
    """Owner and date may come later in the meeting; it does not close without them. Sent twice in a row it is one."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    same = row.resolutions.filter(text=text.strip()[:300], owner=owner, due_on=due_on).first()
    if same is not None:
        return same
    last = row.resolutions.order_by("-no").values_list("no", flat=True).first()
    made = ResolutionRow(gathering=row, no=(last or 0) + 1)
    return _settle(made, row, text=text, owner=owner, due_on=due_on, about=about)


@transaction.atomic
def amend(
    *, resolution: ResolutionRow, text: str, by: Account, at: dt.datetime, owner: Person | None = None,
    due_on: dt.date | None = None, about: AgendaRow | None = None,
) -> ResolutionRow:  # fmt: skip
    row = gatherings.held(resolution.gathering, GatheringState.OPEN)
    made = _standing(row, resolution)
    return _settle(made, row, text=text, owner=owner, due_on=due_on, about=about or made.about)


@transaction.atomic
def withdraw(*, resolution: ResolutionRow, by: Account, at: dt.datetime) -> None:
    """Not decided after all; only while the meeting is open."""
    _standing(gatherings.held(resolution.gathering, GatheringState.OPEN), resolution).delete()


def _standing(row: Gathering, resolution: ResolutionRow) -> ResolutionRow:
    """As it stands now, without a case: of a meeting that is put right the case says who does it and by when."""
    found = row.resolutions.select_related("case", "about").filter(pk=resolution.pk).first()
    if found is None:
        raise GatheringTrouble("这条决议刚刚被去掉了，请刷新")
    if found.case is not None:
        raise GatheringTrouble(f"这条决议已转成行动项 {found.case.number}，责任人和期限到那里改")
    return found


def _settle(
    made: ResolutionRow, row: Gathering, *, text: str, owner: Person | None, due_on: dt.date | None, about: AgendaRow | None
) -> ResolutionRow:  # fmt: skip
    if not text.strip():
        raise GatheringTrouble("请写明决定了什么")
    if owner is not None and owner.plant_id != row.plant_id:
        raise GatheringTrouble(f"{owner.name}不是本厂的人，不能当责任人")
    if due_on is not None and due_on < row.starts_at.date():
        raise GatheringTrouble(f"期限 {due_on} 早于开会的日子，请写以后的日子")
    if about is not None and about.gathering_id != row.pk:
        raise GatheringTrouble("关联的议程不在这次会上")
    made.text, made.owner, made.due_on, made.about = text.strip()[:300], owner, due_on, about
    made.save()
    return made


def _read(row: Gathering, guide: Guide, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.code: one for one in guide.inputs}
    if unknown := set(given) - set(known):
        raise GatheringTrouble(f"这类会议没有这几项：{'、'.join(sorted(unknown))}")
    found: dict[str, Any] = {}
    for code, value in given.items():
        found |= _value(row, known[code], value)
    return found


def _value(row: Gathering, asked: Input, value: Any) -> dict[str, Any]:
    codes = [one.code for one in asked.choices]
    if value in (None, "", [], ()):
        return {asked.code: None}
    if asked.kind == "person":
        return _speakers(row, asked.code, value) if asked.many else _speaker(row, asked.code, value)
    if asked.kind == "ratings":
        return {asked.code: _ratings(row, value)}
    if asked.kind == "steps":
        if set(value) - set(codes):
            raise GatheringTrouble(f"“{asked.label}”没有选对")
        return {asked.code: [code for code in codes if code in value]}
    if asked.kind == "choice" and value not in codes:
        raise GatheringTrouble(f"“{asked.label}”没有选对")
    if asked.kind == "count":
        return {asked.code: _number(value)}
    return {asked.code: str(value).strip()[:SAID]}


def _speaker(row: Gathering, code: str, person: Person) -> dict[str, Any]:
    """Any member may speak; what office he holds the rules find by his key."""
    if person.plant_id != row.plant_id:
        raise GatheringTrouble(f"{person.name}不是本厂的人")
    return {code: person.pk, f"{code}_name": person.name, f"{code}_no": person.staff_no}


def _speakers(row: Gathering, code: str, value: Any) -> dict[str, Any]:
    """Several, in the order they were named, each once."""
    people = list(dict.fromkeys(value if isinstance(value, list | tuple) else [value]))
    found = [_speaker(row, code, person) for person in people]
    return {
        code: [one[code] for one in found],
        **{f"{code}_{part}": "、".join(str(one[f"{code}_{part}"]) for one in found) for part in ("name", "no")},
    }


def _ratings(row: Gathering, value: Mapping[str, Any]) -> dict[str, int]:
    """Numbers of 正式党员 by grade, never names; 优秀 at most one in so many of those rated, as the rules have it (AV-20)."""
    if unknown := set(value) - set(RATINGS):
        raise GatheringTrouble(f"等次只有{'、'.join(RATINGS.values())}，没有 {'、'.join(sorted(unknown))}")
    found = {code: _number(value.get(code) or 0) for code in RATINGS}
    rated, full = sum(found.values()), row.people.filter(due=True, voting=True).count()
    if rated > full:
        raise GatheringTrouble(f"评定等次的 {rated} 人，多于正式党员 {full} 人；预备党员不评定等次")
    rule = regulations(row.plant).get("R-LIFE-09", on=row.starts_at.date())
    most = rated // rule.number("one_in") if rule else rated
    if found["excellent"] > most:
        raise GatheringTrouble(f"参评正式党员 {rated} 人，优秀最多 {most} 人，现有 {found['excellent']} 人")
    return found


def _number(value: Any) -> int:
    if value is None or not str(value).strip().isdecimal():
        raise GatheringTrouble("请填写人数，用整数")
    found = int(str(value).strip())
    if found > 9999:
        raise GatheringTrouble(f"人数 {found} 不合理")
    return found
