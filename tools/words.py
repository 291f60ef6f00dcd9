"""Which texts of the pages want a translation, and the English catalogue that answers them.

python -m tools.words             bring the catalogue in line with the source: new texts come in empty, unused ones go
python -m tools.words compile     write the .mo file that the pages read (set-up does this)
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import catalogue
from tools.catalogue import Message

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "ronglu"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_": "", "gettext": "", "gettext_lazy": "", "ngettext": "n", "ngettext_lazy": "n"}
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


def collect() -> str:
    """Bring the catalogue in line with the source; what is still to be translated is told."""
    header, known = catalogue.read(CATALOGUE)
    words = {each: known.get(each, ("",) * (2 if each.plural else 1)) for each in source()}
    catalogue.write(CATALOGUE, header, words)
    empty = [each.text for each, texts in words.items() if not all(texts)]
    gone = len(known.keys() - words.keys())
    return "\n".join([f"{len(words)} texts, {gone} unused ones removed, {len(empty)} without English", *empty])


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        catalogue.compile_catalogue(CATALOGUE)
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        print(collect())
