"""The words of a language: how a .po file is read and written, and how the .mo file is made that gettext reads.

Standard library only: a machine without GNU gettext gets its compiled words all the same.
"""

import ast
import json
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[-+0#]*[\d.]*[a-zA-Z]")
MAGIC = 0x950412DE


@dataclass(frozen=True, slots=True)
class Message:
    """One text of the source; a context tells two meanings of the same Chinese word apart."""

    text: str
    plural: str = ""
    context: str = ""


Words = dict[Message, tuple[str, ...]]


def read(path: Path) -> tuple[str, Words]:
    """The header and the words. The header is kept as it is written, comments included."""
    header, _, body = path.read_text("utf-8").partition("\n\n")
    words: Words = {}
    for block in body.split("\n\n"):
        parts = fields(block)
        if "msgid" in parts:
            texts = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
            words[Message(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))] = texts
    return header, words


def fields(block: str) -> dict[str, str]:
    """msgid, msgstr[0] … of one block; a value may go on over several lines."""
    found: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith('"'):
            name, _, line = line.partition(" ")
        found[name] = found.get(name, "") + ast.literal_eval(line)
    return found


def write(path: Path, header: str, words: Words) -> None:
    path.write_text("\n\n".join([header, *(block(message, texts) for message, texts in words.items())]) + "\n", "utf-8")


def block(message: Message, texts: tuple[str, ...]) -> str:
    lines = ["#, python-format"] if PLACEHOLDER.search(message.text) else []
    if message.context:
        lines.append(f"msgctxt {quoted(message.context)}")
    lines.append(f"msgid {quoted(message.text)}")
    if message.plural:
        lines.append(f"msgid_plural {quoted(message.plural)}")
        lines += [f"msgstr[{number}] {quoted(text)}" for number, text in enumerate(texts)]
    else:
        lines.append(f"msgstr {quoted(texts[0])}")
    return "\n".join(lines)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(header: str, words: Words) -> bytes:
    """The .mo file: sorted originals, their translations, and two tables of (length, place)."""
    pairs = sorted([(b"", fields(header)["msgstr"].encode()), *pairs_of(words)])
    start = 28 + 16 * len(pairs)
    texts = bytearray()
    tables: list[bytes] = []
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[side]), start + len(texts)))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + b"".join(tables) + bytes(texts)


def pairs_of(words: Words) -> Iterable[tuple[bytes, bytes]]:
    """Original and translation as gettext looks them up; a word without a translation is left out."""
    for message, texts in words.items():
        if all(texts):
            original = f"{message.context}\4{message.text}" if message.context else message.text
            yield "\0".join([original, *filter(None, [message.plural])]).encode(), "\0".join(texts).encode()


def compile_catalogue(path: Path) -> None:
    """Write the .mo file beside the .po file."""
    path.with_suffix(".mo").write_bytes(compiled(*read(path)))
