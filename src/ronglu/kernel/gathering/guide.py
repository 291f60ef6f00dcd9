"""标准指导书 (S1-14): what a kind of meeting is made of, before, in and after the room; declared as data, version by version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from ronglu.kernel.gathering.errors import GatheringTrouble

Row = Mapping[str, Any]
CODE = re.compile(r"[a-z][a-z0-9_]{1,38}")
LONGEST = 12 * 60


class BlockKind(StrEnum):
    """How an item of the agenda is dealt with (S1-15, S1-16)."""

    STUDY = "study"
    REPORT = "report"
    DISCUSS = "discuss"
    SHARE = "share"
    DECIDE = "decide"
    ASSIGN = "assign"

    @property
    def label(self) -> str:
        return {
            "study": "学习", "report": "汇报", "discuss": "研讨", "share": "分享", "decide": "总结", "assign": "定人定责"
        }[self.value]  # fmt: skip


FILLS: Mapping[str, str] = {
    "actions": "上次会议定下、还没有办完的",
    "figures": "本班本线的指标：进度和差距",
    "voices": "等着办的金点子、问题和诉求",
    "documents": "要传达、要学习的文件",
    "key_works": "重点难点工作",
}
"""What the records can lay before a meeting, so that nobody types it."""

INPUT_KINDS = ("line", "text", "count", "choice", "steps", "person", "ratings")
DUE = ("members", "committee", "team", "open")
"""Who is due: the members, the committee, the team, or nobody in particular (whoever comes is counted)."""
CONVENERS = ("secretary", "leader", "any")
RHYTHMS = ("", "week", "month", "quarter", "year")
OUTPUTS: Mapping[str, str] = {
    "minutes": "会议纪要",
    "actions": "行动项：每条决议一个责任人、一个期限",
    "handbook": "支部手册一页",
    "hours": "学时",
    "issues": "不足和建议清单",
    "ratings": "各等次人数，不写姓名",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    code: str
    label: str
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What only this kind of meeting asks for; `needed` ones must be there before it closes; `many`: several persons."""

    code: str
    label: str
    en: str = ""
    kind: str = "line"
    needed: bool = False
    help: str = ""
    many: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of the meeting. `fill` names what the records lay before it; `says` is what is expected there."""

    code: str
    label: str
    en: str = ""
    kind: BlockKind
    says: str = ""
    fill: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """`version` 0 is the system's default. `held_by` names kinds of party bodies; `rhythm` is how often it usually is.

    `ties` asks for the three musts of S1-17, as a warning; `votes` and `elects`: whether there may be votes and elections;
    `hours`: whether it counts as study time.
    """

    kind: str
    label: str
    en: str = ""
    version: int = 0
    source: str = ""
    status: str = ""
    held_by: tuple[str, ...]
    due: str = "members"
    convener: str = "any"
    rhythm: str = ""
    minutes: int = 60
    before: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    inputs: tuple[Input, ...] = ()
    after: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    ties: bool = False
    votes: bool = False
    elects: bool = False
    hours: bool = False

    def block(self, code: str) -> Block | None:
        return next((one for one in self.blocks if one.code == code), None)

    def filled_from(self, fill: str) -> Block | None:
        """The block into which the records put this."""
        return next((one for one in self.blocks if fill in one.fill), None)

    def words(self, **changes: Any) -> Guide:
        """With what a plant may word differently; what the rules read (inputs, votes, who is due) stays."""
        if unknown := set(changes) - WORDED:
            raise GatheringTrouble(f"指导书的这几项不由本厂改：{'、'.join(sorted(unknown))}")
        changed = replace(self, **changes)
        if wrong := problems(changed):
            raise GatheringTrouble(wrong)
        return changed


WORDED = frozenset({"label", "minutes", "before", "blocks", "after", "version", "status"})


def load(data: Row) -> dict[str, Guide]:
    """Reads guides.yaml; every fault is told at once."""
    rows: Sequence[Row] = data.get("kinds") or []
    status = str(data.get("status", ""))
    faults = [fault for row in rows for fault in _unreadable(row)]
    if faults:
        raise GatheringTrouble(faults)
    found = [guide_of({"status": status, **row}) for row in rows]
    faults = [fault for one in found for fault in problems(one)]
    kinds = [one.kind for one in found]
    faults += [f"会议类型 {kind} 写了两遍" for kind in sorted({k for k in kinds if kinds.count(k) > 1})]
    if faults:
        raise GatheringTrouble(faults)
    return {one.kind: one for one in found}


def load_guests(data: Row) -> dict[str, Choice]:
    """Who may be there as a guest from outside (列席), by office: the list is all there is, so that no name can be typed."""
    found = [Choice(**one) for one in data.get("guests") or ()]
    if wrong := list(_twice("列席", [one.code for one in found])):
        raise GatheringTrouble(wrong)
    return {one.code: one for one in found}


def guide_of(row: Row) -> Guide:
    """One declaration; `as_data` is the way back."""
    known = {name: value for name, value in row.items() if name in Guide.__dataclass_fields__}
    for name in ("held_by", "before", "after", "outputs"):
        known[name] = tuple(known.get(name) or ())
    known["blocks"] = tuple(_block(one) for one in row.get("blocks") or ())
    known["inputs"] = tuple(_input(one) for one in row.get("inputs") or ())
    return Guide(**known)


def as_data(guide: Guide) -> dict[str, Any]:
    return asdict(guide)


def problems(guide: Guide) -> list[str]:
    """Everything that is wrong with it, in words for who edits it."""
    return [f"{guide.label or guide.kind}：{text}" for text in _problems(guide)]


def _problems(guide: Guide) -> Iterator[str]:
    if not CODE.fullmatch(guide.kind) or not guide.label.strip():
        yield "请写明名称，代号用小写英文"
    if not 0 < guide.minutes <= LONGEST:
        yield f"时长 {guide.minutes} 分钟不合理，应在 1 到 {LONGEST} 分钟之间"
    if guide.due not in DUE or guide.convener not in CONVENERS or guide.rhythm not in RHYTHMS:
        yield "应到、召集人或多久一次写错了"
    if not guide.held_by:
        yield "没有写由哪一级党组织召开"
    if not guide.blocks:
        yield "一个环节也没有，至少写一个"
    yield from _twice("环节", [one.code for one in guide.blocks])
    yield from _twice("要填的", [one.code for one in guide.inputs])
    yield from (f"环节 {one.code} 没有名称" for one in guide.blocks if not one.label.strip())
    fills = [fill for one in guide.blocks for fill in one.fill]
    yield from (f"没有“{fill}”这种可以带出来的内容" for fill in fills if fill not in FILLS)
    yield from _twice("带出来的内容", fills)
    yield from (f"没有“{one}”这种成果" for one in guide.outputs if one not in OUTPUTS)
    for one in guide.inputs:
        if one.kind not in INPUT_KINDS:
            yield f"{one.label}的形式“{one.kind}”不存在"
        if one.many and one.kind != "person":
            yield f"{one.label}不是人，不能写 many"
        if one.kind in ("choice", "steps") and not one.choices:
            yield f"{one.label}没有可选的项"


def _twice(what: str, codes: Sequence[str]) -> Iterator[str]:
    yield from (f"{what} {code} 写了两遍" for code in sorted({one for one in codes if codes.count(one) > 1}))


def _unreadable(row: Row) -> Iterator[str]:
    """What keeps a row from becoming a guide at all."""
    name = row.get("label") or row.get("kind") or "（没有名称）"
    if missing := [word for word in ("kind", "label", "held_by") if not row.get(word)]:
        yield f"{name}：缺 {'、'.join(missing)}"
    if unknown := set(row) - set(Guide.__dataclass_fields__):
        yield f"{name}：不认识 {'、'.join(sorted(unknown))}"
    kinds = [str(one.get("kind")) for one in row.get("blocks") or ()]
    yield from (f"{name}：没有“{kind}”这种环节" for kind in kinds if kind not in set(BlockKind))


def _block(row: Row) -> Block:
    return Block(**{**row, "kind": BlockKind(row["kind"]), "fill": tuple(row.get("fill") or ())})


def _input(row: Row) -> Input:
    return Input(**{**row, "choices": tuple(Choice(**one) for one in row.get("choices") or ())})
