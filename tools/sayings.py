"""Which sentences are composed below the pages, as templates: `第 {0} 行：{1} 不是日期`. tools/words.py keeps their English.

Those rooms know nothing of languages; pages say such a sentence in English by its shape (web/said.py).
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOMS = ("kernel", "work", "exchange", "facts", "boards", "tasks", "store", "config", "packs/base/loops", "web")
# tables are not read to anybody; papers are printed as the plant writes them
SILENT = re.compile(
    r".*/migrations/|store/models/|exchange/\w+_pdf\.py|exchange/word/|work/pinyin\.py|kernel/brief/topics\.py|config/settings\.py"
)
CJK = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[，。；：？！“]|.{12}")
PATTERN = re.compile(r"\\d|\(\?:")
HOLE = re.compile(r"\{\d+\}")
FORMATTED = re.compile(r"\{\w*(?::[^{}]*)?\}|%\(\w+\)s|%[sd]")
MARKED = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
# what no person is told: patterns of reading, and why there is no such page
UNTOLD = {
    "compile",
    "fullmatch",
    "match",
    "search",
    "sub",
    "split",
    "strip",
    "removesuffix",
    "removeprefix",
    "translate",
}
UNTOLD |= {"Http404", "startswith", "endswith", "findall", "compared"}
# a word on its own is a piece of a sentence where it is one of two ways of saying, or a reason handed back
PIECES = (ast.Raise, ast.Return, ast.Yield, ast.IfExp, ast.BoolOp, ast.BinOp, ast.FormattedValue)
# and where it is handed on, unless it is declared in both languages, an example of what to type or another word for it
HANDED = (ast.Call, ast.List, ast.Tuple, ast.Dict)
ALIKE = {"words", "takes", "example", "words_of"}
NAMED = {"what", "why", "text", "note", "reason", "cause", "wanted", "label"}
COLLECTED = {"append", "say"}
MOST = 6  # ways one sentence may be put together before its choices are left to be looked up one by one
HOLDER = "\0"


def of(source: Path) -> dict[str, list[str]]:
    """File → its templates, each once in all: where a template is first said."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for path in sorted(each for room in ROOMS for each in (source / room).rglob("*.py")):
        name = path.relative_to(source).as_posix()
        if SILENT.match(name):
            continue
        room = name.partition("/")[0]
        said = list(dict.fromkeys(each for each in of_python(path.read_text("utf-8"), room) if each not in seen))
        seen.update(said)
        if said:
            found[name] = said
    return found


def of_python(text: str, room: str = "work") -> Iterator[str]:
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and is_whole(node, parents) and is_said(node, parents, room):
            for each in spoken(node):
                if CJK.search(each) and not PATTERN.search(each):
                    yield numbered(each)


def is_whole(node: ast.expr, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text begins here: a string that is no part of a longer one which already says it."""
    if not is_text(node):
        return False
    parent = parents[node]
    if isinstance(parent, ast.JoinedStr) or (isinstance(parent, ast.BinOp) and is_text(parent)):
        return False
    while isinstance(parent, ast.IfExp) and node is not parent.test:
        node, parent = parent, parents[parent]
    return not (isinstance(parent, ast.FormattedValue) and len(list(spoken(whole(parent, parents)))) > 1)


def whole(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.expr:
    """The f-string, with what is added to it, that a hole belongs to."""
    node = parents[node]
    while isinstance(parents[node], ast.BinOp):
        node = parents[node]
    assert isinstance(node, ast.expr)
    return node


def is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add) and (is_text(node.left) or is_text(node.right))
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def is_said(node: ast.expr, parents: dict[ast.AST, ast.AST], room: str) -> bool:
    """Whether a text is a sentence, or a piece of one, and not a name, a key or a note for the reader of the code.

    Pages mark their texts themselves, packs declare theirs in both languages: left are those put together or raised there.
    """
    parent = parents[node]
    if isinstance(parent, (ast.Expr, ast.Compare, ast.Subscript)) or called(parent) & (MARKED | UNTOLD):
        return False
    if (isinstance(parent, ast.Dict) and node in parent.keys) or (called(parent) == {"get"} and node is first(parent)):
        return False
    if not isinstance(node, ast.Constant) or called(parent) & COLLECTED:
        return True
    assert isinstance(node.value, str)
    if room not in {"web", "packs"} and len(node.value) > 1 and is_handed(node, parents):
        return True
    if (room != "web" and isinstance(parent, PIECES)) or (room not in {"web", "packs"} and SENTENCE.search(node.value)):
        return True
    while parent in parents and not isinstance(parent, ast.stmt):
        parent = parents[parent]
    return isinstance(parent, ast.Raise)


def is_handed(node: ast.expr, parents: dict[ast.AST, ast.AST]) -> bool:
    parent = parents[node]
    while isinstance(parent, HANDED[1:]):
        parent = parents[parent]
    if isinstance(parent, ast.keyword):
        both = "en" in {each.arg for each in getattr(parents[parent], "keywords", ())}
        return not both and (parent.arg in NAMED or (parents[node] is not parent and parent.arg not in ALIKE))
    return isinstance(parents[node], HANDED)


def first(call: ast.AST) -> ast.expr | None:
    return call.args[0] if isinstance(call, ast.Call) and call.args else None


def called(node: ast.AST) -> set[str]:
    return {getattr(node.func, "id", getattr(node.func, "attr", ""))} if isinstance(node, ast.Call) else set()


def spoken(node: ast.AST) -> list[str]:
    """Every way in which a text can be put together; what is only known when it is said is held open."""
    if isinstance(node, ast.Constant):
        return [FORMATTED.sub(HOLDER, str(node.value))]
    if isinstance(node, ast.BinOp):
        return joined([choices(side) for side in (node.left, node.right)])
    assert isinstance(node, ast.JoinedStr)
    ways = [[str(each.value)] if isinstance(each, ast.Constant) else choices(held(each)) for each in node.values]
    if len(found := joined(ways)) <= MOST:
        return found
    return joined([way if len(way) == 1 else [HOLDER] for way in ways])


def held(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.FormattedValue)
    return node.value


def choices(node: ast.AST) -> list[str]:
    """What stands in a hole: one of two texts written here, or something only known later."""
    if isinstance(node, ast.IfExp) and (both := [*choices(node.body), *choices(node.orelse)]):
        return list(dict.fromkeys(both)) if HOLDER not in both else [HOLDER]
    return spoken(node) if is_text(node) else [HOLDER]


def joined(ways: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(map("".join, product(*ways))))


def numbered(text: str) -> str:
    first, *rest = text.split(HOLDER)
    return first + "".join(f"{{{number}}}{part}" for number, part in enumerate(rest))
