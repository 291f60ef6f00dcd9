"""The page of the closed loops: states, who moves them on, by when, who is told, and the walks that show each."""

from collections.abc import Iterable, Mapping
from typing import Any

from ronglu.kernel.loops.field import Field
from ronglu.kernel.loops.loop import ANYONE, HOLDER, RAISER, SYSTEM, Loop, Move
from ronglu.packs import loops as registry
from tools.docs.table import page, table

INTRO = """每一种闭环在 `packs/base/loops/` 里有一个文件夹：`spec.py` 是声明，`examples.yaml` 是走法。期限、角色和名称是系统默认，可以修改。
办的人不验自己办的：从待验收出发、进入闭环、闭环之后再走的动作，都由另一人来做；“避开”一栏是还要避开的人。
怎样加一种，见[加一种闭环](../how-to/add-a-loop.md)。
"""
WORDS = {RAISER: "提出人", ANYONE: "本厂任何人", SYSTEM: "系统", HOLDER: "轮到的人", "raise": "提出"}


def loops() -> str:
    """docs/reference/loops.md."""
    problems: list[Any] = []
    found, walks = registry.read(problems), registry.examples()
    roles = {code: label for label, code in registry.role_labels().items()}
    overview = table(
        ["闭环", "English", "编号", "谁提", "依据"],
        [
            (f"[{o.label}](#{o.code})", o.en, o.prefix, _who(o, o.raising.by, roles), f"{o.source}（系统默认）")
            for o in found.values()
        ],
    )
    return page("闭环 · Loops", INTRO, overview, *(described(o, walks[o.code], roles) for o in found.values()))


def described(loop: Loop, walks: Iterable[Mapping[str, Any]], roles: Mapping[str, str]) -> str:
    """One loop: what is asked, its picture, states, moves, lines, ladder, clocks, walks."""
    asked = f"提出时必填：{_fields(loop, loop.raising.needs)}"
    asked += f"；可填：{_fields(loop, loop.raising.asks)}" if loop.raising.asks else ""
    parts = [
        f'<a id="{loop.code}"></a>\n\n## {loop.label} · {loop.en}\n',
        f"{asked}。{_open(loop)}\n",
        diagram(loop),
        states(loop, roles),
        moves(loop, roles),
        _lines(loop, roles),
        "".join(
            f"- 催办 {rung.days:+d} 天：{rung.label}，告诉{_who(loop, rung.tell, roles)}\n" for rung in loop.ladder
        ),
        "".join(f"- 算期限：{c.label}" + (f"，考核项 {c.item} 用" if c.item else "") + "\n" for c in loop.clocks),
        "".join(f"- 算出：{f.label}" + (f"（{f.unit}）" if f.unit else "") + "\n" for f in loop.figures),
        f"- 台账列：{'、'.join(c.label for c in loop.ledger)}\n",
        "".join(f"- 走法：{walk['name']}\n" for walk in walks),
    ]
    return "\n".join(part for part in parts if part)


def diagram(loop: Loop) -> str:
    """States and moves as a picture that a reader of Markdown draws."""
    lines = [f'    state "{s.label}" as {s.code}' for s in loop.states]
    lines.append(f"    [*] --> {loop.raising.to}")
    for move in loop.moves:
        sources = move.source or tuple(s.code for s in loop.states if not s.phase.over)
        lines += [f"    {source} --> {move.to}: {move.label}" for source in sources if source != move.to]
    lines += [f"    {s.code} --> [*]" for s in loop.states if s.phase.over and not loop.leaving(s.code)]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def states(loop: Loop, roles: Mapping[str, str]) -> str:
    rows = []
    for state in loop.states:
        due = "" if state.due is None else state.due.label
        due += f"，填了“{loop.field(state.due.by).label}”按它" if state.due and state.due.by else ""
        late = loop.move(state.at_due)
        rows.append(
            (state.label, state.phase.label, due or "—", _who(loop, state.turn, roles), late.label if late else "—")
        )
    return table(["状态", "阶段", "期限", "轮到谁", "到期自动"], rows)


def moves(loop: Loop, roles: Mapping[str, str]) -> str:
    rows = [
        (
            m.label,
            "、".join(loop.state(s).label for s in m.source) or "未结束的状态",
            loop.state(m.to).label,
            _who(loop, m.by, roles),
            _asked(loop, m),
            "、".join(_apart(loop, code) for code in m.apart) or "—",
        )
        for m in loop.moves
    ]
    return table(["动作", "从", "到", "谁", "填什么", "避开"], rows)


def _asked(loop: Loop, move: Move) -> str:
    parties = [f"选定{party.label}" for code in move.assigns if (party := loop.party(code))]
    said = [*(loop.field(code).label for code in move.needs), *parties, *(["理由"] if move.reason else [])]
    told = "、".join(said) or "—"
    return told + (f"（可填{_fields(loop, move.asks)}）" if move.asks else "")


def _apart(loop: Loop, code: str) -> str:
    named = loop.move(code) or loop.party(code) or loop.row(code)
    return named.label if named else WORDS[code]


def _lines(loop: Loop, roles: Mapping[str, str]) -> str:
    """What stands under a case, line by line."""
    told = []
    for rows in loop.rows:
        passed = f"，逐条由{_who(loop, rows.passed_by, roles)}验收（不能是办的人）" if rows.closes else ""
        once = "，每人一条" if rows.once else ""
        hidden = f"，“{'、'.join(loop.state(s).label for s in rows.hidden)}”时只看见自己的" if rows.hidden else ""
        where = "、".join(loop.state(s).label for s in rows.states)
        told.append(
            f"- 明细“{rows.label}”：{_fields(loop, rows.fields)}；{where}时由{_who(loop, rows.by, roles)}填{passed}{once}{hidden}\n"
        )
    return "".join(told)


def _open(loop: Loop) -> str:
    said = ["可以匿名"] if loop.raising.anonymous else []
    said += ["可以保密"] if loop.raising.confidential else []
    said += [f"{loop.recurs.days} 天内同处同类再报就重开"] if loop.recurs else []
    return "；".join(said) + "。" if said else ""


def _fields(loop: Loop, codes: Iterable[str]) -> str:
    found: list[Field] = [loop.field(code) for code in codes]
    return "、".join(f.label for f in found)


def _who(loop: Loop, words: Iterable[str], roles: Mapping[str, str]) -> str:
    parties = {p.code: p.label for p in loop.parties}
    return "、".join(parties.get(w) or WORDS.get(w) or roles[w] for w in words) or "—"
