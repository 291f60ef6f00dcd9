"""What is wrong with a loop's declaration, all of it at once: it is refused at start-up rather than met by a person."""

from collections.abc import Iterable, Iterator

from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import BUILT_IN, FILES, REMARKS, SYSTEM, Loop, Phase

FEWEST_ON_TOP = 5
LOOKED_UP = ("held", "year")
"""What a condition may ask about the world outside its case."""
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def problems(loop: Loop, roles: frozenset[str], *, before: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Every fault in words. `roles` are the role codes there are; `before` the states of the version that this one follows."""
    rules = (
        _codes,
        _states,
        _ways,
        _deadlines,
        _second_person,
        _people,
        _asked,
        _rows,
        _clocks,
        _counts,
        _ladder,
        _ledger,
        _benefit,
        _delivery,
        _outside,
    )
    found = [said for rule in rules for said in rule(loop)]
    found += list(_roles(loop, roles))
    found += list(_carried(loop, before))
    return tuple(dict.fromkeys(found))


def _codes(loop: Loop) -> Iterator[str]:
    kinds = {"状态": loop.states, "动作": loop.moves, "字段": loop.fields, "当事人": loop.parties, "明细": loop.rows}
    for name, entries in kinds.items():
        codes = [e.code for e in entries]  # type: ignore[attr-defined]
        yield from (f"{name} {code} 写了两次" for code in sorted({c for c in codes if codes.count(c) > 1}))
        yield from (
            f"{name}代码 {code} 只能用小写字母、数字和下划线" for code in codes if set(code) - LETTERS or not code
        )
    if loop.version < 1:
        yield f"版本应从 1 起，写的是 {loop.version}"
    if not loop.source:
        yield "没有写来源"
    shared = {p.code for p in loop.parties} & BUILT_IN
    yield from (f"当事人不能叫 {code}，这是系统自带的词" for code in sorted(shared))


def _states(loop: Loop) -> Iterator[str]:
    known = {s.code for s in loop.states}
    if loop.raising.to not in known:
        yield f"提出后进入的状态 {loop.raising.to} 不存在"
    for move in loop.moves:
        yield from (f"动作 {move.code}：状态 {code} 不存在" for code in (*move.source, move.to) if code not in known)
        yield from (
            f"动作 {move.code}：apart 里的 {code} 不是动作、当事人或明细"
            for code in move.apart
            if code != "raise" and not (loop.move(code) or loop.party(code) or loop.row(code))
        )
    for state in loop.states:
        if state.at_due and not _starts(loop, state.at_due, state.code):
            yield f"状态 {state.code}：到期动作 {state.at_due} 不从这里出发"
    if loop.recurs:
        again = loop.move(loop.recurs.move)
        if again is None or SYSTEM not in again.by:
            yield f"再次发生时的动作 {loop.recurs.move} 不存在，或不由系统来走"
        if loop.recurs.into not in known:
            yield f"再次发生时的状态 {loop.recurs.into} 不存在"


def _starts(loop: Loop, move: str, state: str) -> bool:
    found = loop.move(move)
    return found is not None and found in loop.leaving(state) and SYSTEM in found.by


def _ways(loop: Loop) -> Iterator[str]:
    """Each state can be reached, and from each there is a way to an end."""
    known = {s.code: s for s in loop.states}
    if loop.raising.to not in known:
        return
    next_ = {code: {m.to for m in loop.leaving(code) if m.to in known} for code in known}
    starts = {loop.raising.to} | ({loop.recurs.into} & known.keys() if loop.recurs else set())
    reached = _closure(starts, next_)
    yield from (f"状态 {code}（{known[code].label}）走不到" for code in known if code not in reached)
    back = {code: {one for one, there in next_.items() if code in there} for code in known}
    ends = _closure({c for c, s in known.items() if s.phase.over}, back)
    yield from (f"状态 {code}（{known[code].label}）走不到结束" for code in known if code not in ends)
    if not any(s.phase is Phase.CLOSED for s in loop.states):
        yield "没有一个状态是闭环"


def _closure(start: set[str], next_: dict[str, set[str]]) -> set[str]:
    seen, rest = set(start), list(start)
    while rest:
        fresh = next_[rest.pop()] - seen
        seen |= fresh
        rest.extend(fresh)
    return seen


def _deadlines(loop: Loop) -> Iterator[str]:
    for state in loop.states:
        if not state.phase.over and state.due is None:
            yield f"状态 {state.code}（{state.label}）没有期限"
        if not state.phase.over and not state.turn:
            yield f"状态 {state.code}（{state.label}）没有写轮到谁"
        if state.due is not None and state.due.n <= 0:
            yield f"状态 {state.code} 的期限应大于 0"
        if state.due is not None and state.due.by:
            yield from _fields_known(loop, f"状态 {state.code} 的期限", (state.due.by,), Kind.DATE)
        if state.due is not None and not state.turn and not state.at_due:
            yield f"状态 {state.code} 有期限，却没有写轮到谁"
        if state.phase is Phase.DROPPED and state.due is not None:
            yield f"状态 {state.code} 已经不办，不能有期限"


def _second_person(loop: Loop) -> Iterator[str]:
    """Whatever closes, closes by another: from verifying (the engine keeps the doer away), or with `apart` named."""
    known = {s.code: s for s in loop.states}
    for move in loop.moves:
        if move.to not in known:
            continue
        to = known[move.to]
        sources = [known[s] for s in move.source if s in known] or [s for s in loop.states if not s.phase.over]
        alone = to.phase is Phase.CLOSED and not move.apart and set(move.by) != {SYSTEM}
        if alone and any(s.phase not in (Phase.VERIFYING, Phase.CLOSED) for s in sources):
            yield f"动作 {move.code}（{move.label}）一个人就能闭环：请从待验收出发，或写明 apart"
        # who takes his own consent back owes nobody a reason
        own = set(move.by) <= {p.code for p in loop.parties if not p.works}
        if to.phase is Phase.DROPPED and not move.reason and not own and set(move.by) != {SYSTEM}:
            yield f"动作 {move.code}（{move.label}）不办却不写理由：请设 reason"


def _people(loop: Loop) -> Iterator[str]:
    words = {p.code for p in loop.parties}
    assigned = {code for m in loop.moves for code in m.assigns}
    by_zone = {p.code for p in loop.parties if p.at_zone}
    for code in sorted(assigned - words):
        yield f"assigns 里的 {code} 不是当事人"
    for code in sorted(words - assigned - by_zone):
        yield f"当事人 {code} 没有任何动作来选定"


def _asked(loop: Loop) -> Iterator[str]:
    top = (*loop.raising.needs, *loop.raising.asks)
    if len(top) > FEWEST_ON_TOP:
        yield f"提出时要填 {len(top)} 项，最多 {FEWEST_ON_TOP} 项（现场用手机填）"
    yield from _fields_known(loop, "提出", top)
    for move in loop.moves:
        yield from _fields_known(loop, f"动作 {move.code}", (*move.needs, *move.asks, *move.sets, *move.when))
    for field in loop.fields:
        if (field.kind is Kind.CHOICE) != bool(field.choices):
            yield f"字段 {field.code}：只有选择题才有选项，选择题必须有选项"
    if loop.recurs:
        yield from _fields_known(loop, "再次发生", loop.recurs.fields)
    yield from _fields_known(loop, "紧急", loop.urgent)
    if loop.raising.place not in ("unit", "zone", "body", "none"):
        yield f"提出的地点 {loop.raising.place} 应为 unit、zone、body 或 none"
    known = {state.code for state in loop.states}
    yield from (f"published：状态 {code} 不存在" for code in loop.published if code not in known)
    kept = {REMARKS, FILES} | {rows.code for rows in loop.rows}
    yield from (f"withheld：{code} 不是 remarks、files 或明细" for code in loop.withheld if code not in kept)
    if loop.raising.discreet and not (loop.raising.anonymous and loop.trusted):
        yield "discreet 只用于可以匿名提出的闭环，并且要写 trusted：匿名件由谁看"
    if loop.home not in ("place", "raiser"):
        yield f"home 写的是 {loop.home}，应为 place 或 raiser"


def _fields_known(loop: Loop, where: str, codes: Iterable[str], kind: Kind | None = None) -> Iterator[str]:
    known = {f.code: f for f in loop.fields}
    for code in codes:
        if code not in known:
            yield f"{where}：字段 {code} 不存在"
        elif kind and known[code].kind is not kind:
            yield f"{where}：字段 {code} 应为 {kind}"


def _rows(loop: Loop) -> Iterator[str]:
    known = {s.code for s in loop.states}
    for rows in loop.rows:
        yield from _fields_known(loop, f"明细 {rows.code}", (*rows.fields, *rows.needs))
        yield from (
            f"明细 {rows.code}：状态 {code} 不存在" for code in (*rows.states, *rows.hidden) if code not in known
        )
        yield from (f"明细 {rows.code}：{code} 必填却不在 fields 里" for code in rows.needs if code not in rows.fields)
        yield from (
            f"明细 {rows.code}：brings 里的 {code} 应在 fields 里，不能在添加时必填"
            for code in rows.brings
            if code not in rows.fields or code in rows.needs
        )
        if rows.closes and not rows.passed_by:
            yield f"明细 {rows.code} 逐条闭环，却没有人验收"


def _clocks(loop: Loop) -> Iterator[str]:
    known = {s.code for s in loop.states}
    for clock in loop.clocks:
        if bool(clock.states) == bool(clock.rows):
            yield f"时钟 {clock.code}：states 与 rows 写且只写一个"
        yield from (f"时钟 {clock.code}：状态 {code} 不存在" for code in clock.states if code not in known)
        if clock.rows and not ((row := loop.row(clock.rows)) and row.closes):
            yield f"时钟 {clock.code}：{clock.rows} 不是逐条闭环的明细"
        yield from _fields_known(loop, f"时钟 {clock.code}", clock.when)


def _counts(loop: Loop) -> Iterator[str]:
    known = {s.code for s in loop.states if s.phase is not Phase.DROPPED}
    for count in loop.counts:
        if count.state not in known:
            yield f"计件 {count.code}：状态 {count.state} 不存在，或是不成立的状态"


def _benefit(loop: Loop) -> Iterator[str]:
    if loop.benefit is None:
        return
    if loop.move(loop.benefit.move) is None:
        yield f"benefit：动作 {loop.benefit.move} 不存在"
    money = {f.code for f in loop.fields if f.kind is Kind.MONEY}
    named = (*loop.benefit.plus, *loop.benefit.minus)
    yield from (f"benefit：{code} 不是金额字段" for code in named if code not in money)
    if not loop.benefit.plus:
        yield "benefit：没有写哪个金额算效益"


def _ladder(loop: Loop) -> Iterator[str]:
    for rung in loop.ladder:
        if not rung.tell:
            yield f"催办“{rung.label}”没有写告诉谁"
        yield from _fields_known(loop, f"催办“{rung.label}”", rung.when)


FACTS = frozenset({"number", "raised_on", "place", "title", "state", "closed_on", "closed_by", "raised_by"})


def _ledger(loop: Loop) -> Iterator[str]:
    """Every column of the printed ledger names something that there is."""
    for column in loop.ledger:
        kind, _, code = column.of.rpartition(":")
        known = {
            "": FACTS | {f.code for f in loop.fields},
            "party": {p.code for p in loop.parties},
            "rows": {r.code for r in loop.rows},
            "row": {code for r in loop.rows for code in r.fields},
            "figure": {f.code for f in loop.figures},
        }
        if code not in known.get(kind, ()):
            yield f"台账列“{column.label}”：{column.of} 不存在"


def _roles(loop: Loop, roles: frozenset[str]) -> Iterator[str]:
    words = roles | BUILT_IN | {p.code for p in loop.parties}
    named = {
        **{f"动作 {m.code}": m.by for m in loop.moves},
        **{f"状态 {s.code}": s.turn for s in loop.states},
        **{f"明细 {r.code}": (*r.by, *r.passed_by) for r in loop.rows},
        **{f"催办“{r.label}”": r.tell for r in loop.ladder},
        "提出": loop.raising.by,
        "可看保密件": loop.trusted,
    }
    for where, codes in named.items():
        yield from (f"{where}：角色 {code} 没有声明" for code in codes if code not in words)
    yield from (f"动作 {m.code} 没有写谁来走" for m in loop.moves if not m.by)


def _carried(loop: Loop, before: frozenset[str]) -> Iterator[str]:
    known = {s.code for s in loop.states}
    gone = before - known
    yield from (
        f"上一版的状态 {code} 没有了，carry 要写明它现在是哪个状态" for code in sorted(gone - loop.carry.keys())
    )
    yield from (f"carry：状态 {code} 不存在" for code in sorted(set(loop.carry.values()) - known))


def _delivery(loop: Loop) -> Iterator[str]:
    """The day is a day that is asked for when the task is given; the result is one of choices."""
    if (found := loop.delivery) is None:
        return
    fields = {one.code: one for one in loop.fields}
    for code in (found.day, found.result, *found.groups):
        if code not in fields:
            yield f"交付的字段 {code} 不存在"
    if found.day in fields and (fields[found.day].kind is not Kind.DATE or found.day not in loop.raising.needs):
        yield f"交付期限 {found.day} 应是提出时必填的日期"
    if found.result in fields and (unknown := found.good - {one.code for one in fields[found.result].choices}):
        yield f"质量结果 {found.result} 没有 {'、'.join(sorted(unknown))}"


def _outside(loop: Loop) -> Iterator[str]:
    known = {m.code for m in loop.moves} | {"raise"}
    fields = {f.code for f in loop.fields}
    for one in loop.outside:
        yield from (f"条件 {one.code}：动作 {code} 不存在" for code in one.moves if code not in known)
        asked = (one.field, one.period) if one.fact == "held" else ()
        there = {s.code for s in loop.states}
        yield from (f"条件 {one.code}：状态 {code} 不存在" for code in one.states if code not in there)
        yield from (f"条件 {one.code}：字段 {code or '（空）'} 不存在" for code in asked if code not in fields)
        if one.fact not in LOOKED_UP:
            yield f"条件 {one.code}：查不到 {one.fact}，只能是{'、'.join(LOOKED_UP)}"
