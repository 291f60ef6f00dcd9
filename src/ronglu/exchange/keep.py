"""Makes the copy of an original that is kept: without the names of people and paths that file properties, comments and links hold."""

import re
import zipfile
from pathlib import Path

from ronglu.exchange.guard import Checked, Kind, check
from ronglu.exchange.inflate import entry
from ronglu.exchange.limits import Limits

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author/></authors><commentList/></comments>'
)
PEOPLE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
)
THREADS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
)
REPLACED = (
    (re.compile(r"docprops/core\.xml$"), CORE),
    (re.compile(r"docprops/app\.xml$"), APP),
    (re.compile(r"docprops/custom\.xml$"), CUSTOM),
    (re.compile(r"xl/comments/?[^/]*\.xml$"), COMMENTS),
    (re.compile(r"xl/persons/.*\.xml$"), PEOPLE),
    (re.compile(r"xl/threadedcomments/.*\.xml$"), THREADS),
)
LINK_RELS = re.compile(r"xl/externallinks/_rels/.*\.rels$")
TARGET = re.compile(rb'(\bTarget\s*=\s*)("[^"]*"|\'[^\']*\')')
PATH_HINT = re.compile(rb"<(?P<tag>(?:\w+:)?absPath)\b[^>]*/>")


def clean_copy(path: str | Path | Checked, out: str | Path, *, limits: Limits = Limits()) -> bool:
    """Writes the copy. True when something could be taken out; a .xls or CSV is copied as it is (False)."""
    checked = path if isinstance(path, Checked) else check(path, limits=limits)
    if checked.kind is not Kind.XLSX:
        Path(out).write_bytes(checked.path.read_bytes())
        return False
    with (
        checked.path.open("rb") as file,
        zipfile.ZipFile(file) as pack,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for info in pack.infolist():
            with copy.open(zipfile.ZipInfo(info.filename, info.date_time), "w") as target:
                content = _replacement(info.filename.lower())
                if content is not None:
                    target.write(content)
                    continue
                pieces = entry(file, info)
                if LINK_RELS.search(info.filename.lower()) or info.filename.lower().endswith("xl/workbook.xml"):
                    pieces = iter([_cut(b"".join(pieces), info.filename.lower())])
                for piece in pieces:
                    target.write(piece)
    return True


def _replacement(name: str) -> bytes | None:
    return next((content for pattern, content in REPLACED if pattern.search(name)), None)


def _cut(content: bytes, name: str) -> bytes:
    """A link keeps its place but not its target; the workbook forgets the folder it was saved in."""
    if LINK_RELS.search(name):
        return TARGET.sub(rb'\1"removed"', content)
    return PATH_HINT.sub(b"", content)
