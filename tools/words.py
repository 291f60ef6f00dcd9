"""Which texts want a translation, and the English catalogues that answer them: what pages mark, what is said below them.

python -m tools.words             bring the catalogues in line with the source: new texts come in empty, unused ones go
python -m tools.words fill FILE   the same, and take English for empty texts from lines `中文 => English` (\n is a new line)
python -m tools.words compile     write the .mo files that the pages read (set-up does this)
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools import catalogue, sayings
from tools.catalogue import Message

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "ronglu"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SAID = CATALOGUE.with_name("said.po")
CALLS = {"_": "", "gettext": "", "gettext_lazy": "", "ngettext": "n", "ngettext_lazy": "n"}
CALLS |= {"_now": "", "now_": ""}  # in forms, where `_` is lazy
CALLS |= {"pgettext": "p", "pgettext_lazy": "p"}
STRING = r'"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'"
# what Django's templatize leaves of a template: calls among blanked-out text
IN_TEMPLATE = re.compile(rf"\b([np]?gettext|_)\(\s*u?({STRING})(?:\s*,\s*u?({STRING}))?", re.S)


def source() -> list[Message]:
    """Every marked text, each once, in the order of the files."""
    found: dict[Message, None] = {}
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]):
        found |= dict.fromkeys((of_template if path.suffix == ".html" else of_python)(path.read_text("utf-8")))
    return list(found)


def of_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in CALLS and len(given) > (CALLS[name] != ""):
                yield message(CALLS[name], given)


def of_template(text: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for match in IN_TEMPLATE.finditer(templatize(text)):
        yield message(CALLS[match[1]], [ast.literal_eval(each) for each in match.groups()[1:] if each])


def message(kind: str, given: list[str]) -> Message:
    """`kind` says what the second string is: with n the plural, with p the text itself after its context."""
    if kind == "p":
        return Message(given[1], context=given[0])
    return Message(given[0], plural=given[1] if kind == "n" else "")


def sentences() -> list[Message]:
    """Every sentence composed below the pages that is not one of their texts already."""
    marked = {each.text for each in source() if not each.context}
    return [Message(text) for said in sayings.of(SOURCE).values() for text in said if text not in marked]


def collect(path: Path, wanted: list[Message], given: Mapping[str, str]) -> str:
    """Bring a catalogue in line with the source; what is still to be translated is told."""
    header, known = catalogue.read(path)
    words = {each: known.get(each, ("",) * (2 if each.plural else 1)) for each in wanted}
    words = {each: texts if all(texts) else (given.get(each.text, ""),) * len(texts) for each, texts in words.items()}
    catalogue.write(path, header, words)
    empty = [each.text for each, texts in words.items() if not all(texts)]
    gone = len(known.keys() - words.keys())
    return "\n".join(
        [f"{path.name}: {len(words)} texts, {gone} unused ones removed, {len(empty)} without English", *empty]
    )


def lines(path: Path) -> dict[str, str]:
    """`中文 => English`, one a line; notes begin with #."""
    pairs = (line.split(" => ", 1) for line in path.read_text("utf-8").splitlines() if " => " in line)
    return {zh.replace("\\n", "\n"): en.replace("\\n", "\n") for zh, en in pairs}


def main(arguments: list[str]) -> None:
    if arguments == ["compile"]:
        for path in (CATALOGUE, SAID):
            catalogue.compile_catalogue(path)
    elif not arguments or arguments[0] == "fill":
        given = {zh: en for path in arguments[1:] for zh, en in lines(Path(path)).items()}
        print(collect(CATALOGUE, source(), given), collect(SAID, sentences(), given), sep="\n")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
