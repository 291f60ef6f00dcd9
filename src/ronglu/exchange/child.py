"""Runs alone in a process of its own with limits set: reads one file and writes plain rows for the parent."""

import io
import json
import pickle
import re
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from ronglu.exchange import biff, csvtext, inflate, parts, prescan
from ronglu.exchange.guard import Kind, check_text
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import Damaged, Encrypted, Refused
from ronglu.exchange.scan import Scan, check_cells, check_extent

CSV_SHEET = "CSV"


def main() -> int:
    """Reads a job (one JSON line) from stdin. Exit 0: result written; 3: refused, the reason is the last line of stdout."""
    job = json.loads(sys.stdin.readline())
    limits = Limits(**job["limits"])
    _cage(limits)
    try:
        result = read(
            Path(job["path"]),
            Kind(job["kind"]),
            job.get("select", {}),
            limits,
            head=job.get("head"),
            csv_options=job.get("csv", {}),
        )
    except Refused as refusal:
        say(refused=refusal.code, message=refusal.message)
        return 3
    except MemoryError:
        say(refused="parser_crashed", message="读取这个文件需要的内存超过上限。请拆分后再上传。")
        return 3
    say(text="整理单元格")
    with Path(job["result"]).open("wb") as out:
        pickle.dump(result, out, protocol=5)
    return 0


def say(**words: object) -> None:
    print(json.dumps(words, ensure_ascii=True), flush=True)


def _cage(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # not a Unix: the parent's wall clock is the only fence
        return
    for what, size in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.result_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def read(
    path: Path, kind: Kind, select: dict[str, Any], limits: Limits, *, head: int | None, csv_options: dict[str, str]
) -> dict[str, Any]:
    """sheets: all sheets with name and state; those selected also with rows and scan."""
    if kind in (Kind.CSV, Kind.GZIP):
        return _csv(path, kind, limits, head, csv_options)
    with path.open("rb") as file:
        if kind is Kind.XLS:
            scans, links = biff.scan_book(file.read())
            clock = False
        else:
            scans, links, clock = _xlsx(file, select, limits)
    chosen = [scan for scan in scans if chosen_sheet(scan, select)]
    for scan in chosen:
        check_extent(scan, limits)
    check_cells(chosen, limits)
    rows = _rows(path, chosen, head, merged=kind is Kind.XLS)
    return {
        "kind": str(kind),
        "date1904": clock,
        "links": links,
        "encoding": "",
        "delimiter": "",
        "sheets": [scan.as_dict() | {"data": rows.get(scan.name)} for scan in scans],
    }


def chosen_sheet(scan: Scan, select: dict[str, Any]) -> bool:
    """Names are compared trimmed, as text. Hidden sheets only when named in `hidden`."""
    name = scan.name.strip()
    if scan.state != "visible" and name not in select.get("hidden", ()):
        return False
    if name in select.get("skip", ()):
        return False
    if names := select.get("names"):
        return name in names
    if pattern := select.get("pattern"):
        return re.fullmatch(pattern, name) is not None
    return True


def _xlsx(file: BinaryIO, select: dict[str, Any], limits: Limits) -> tuple[list[Scan], int, bool]:
    scans = []
    with zipfile.ZipFile(file) as pack:
        book = parts.read_book(pack, file)
        strings = next((i for i in pack.infolist() if i.filename.lower().endswith("sharedstrings.xml")), None)
        if strings is not None:
            for _ in inflate.entry(file, strings):  # counted, not kept: the fast reader will unpack it whole
                pass
        for number, sheet in enumerate(book.sheets):
            scan = Scan(name=sheet.name, state=sheet.state)
            if chosen_sheet(scan, select):
                say(done=number, total=len(book.sheets), text=f"检查表“{sheet.name}”")
                info = parts.find(pack, sheet.part)
                if info is None:
                    raise Damaged(f"工作簿里缺少表“{sheet.name}”的内容。请重新导出。")
                scan = prescan.scan_sheet(
                    inflate.entry(file, info), book.styles, limits, name=sheet.name, state=sheet.state
                )
                check_extent(scan, limits)
            scans.append(scan)
    return scans, book.links, book.date1904


def _rows(path: Path, scans: list[Scan], head: int | None, *, merged: bool) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    found = {}
    try:
        # by content: from_path would believe the file's name
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            for scan in scans:
                name = scan.name
                say(text=f"读取表“{name}”")
                sheet = book.get_sheet_by_name(name)
                if merged:
                    scan.merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
                found[name] = sheet.to_python(skip_empty_area=False, nrows=head) if sheet.end is not None else []
    except CalamineError as why:
        if "assword" in str(why):
            raise Encrypted("文件有打开密码(已加密)。请去掉密码后再上传。") from why
        raise Damaged("工作簿内容已损坏,读不出来。请用 Excel 或 WPS 打开后另存再上传。") from why
    return found


def _csv(path: Path, kind: Kind, limits: Limits, head: int | None, options: dict[str, str]) -> dict[str, Any]:
    data = path.read_bytes()
    if kind is Kind.GZIP:
        whole = io.BytesIO()
        for piece in inflate.gzip_file(
            path, limit=limits.unpacked_bytes, ratio=limits.ratio, ratio_from=limits.ratio_from_bytes
        ):
            whole.write(piece)
        data = whole.getvalue()
        check_text(data[:4096])
    text = csvtext.read_text(data, limits=limits, head=head, **options)
    scan = Scan(
        name=CSV_SHEET, rows=len(text.rows), columns=max(map(len, text.rows), default=0), cells=sum(map(len, text.rows))
    )
    return {
        "kind": str(kind),
        "date1904": False,
        "links": 0,
        "encoding": text.encoding,
        "delimiter": text.delimiter,
        "sheets": [scan.as_dict() | {"data": text.rows}],
    }


if __name__ == "__main__":
    sys.exit(main())
