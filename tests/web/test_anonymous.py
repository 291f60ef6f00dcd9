"""Who reports without a name leaves nothing behind: a real server, the browser of someone who is logged in, and then every
table and every file of the data folder is searched.
"""

import datetime as dt
import http.client
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import PASSWORD, PEOPLE
from tests.cli.houses import RONGLU, SRC, environment, ronglu
from tests.cli.test_serve import ASSETS, free_port

pytestmark = pytest.mark.skipif(not ASSETS.exists(), reason="没有网页资源：先运行 make setup · no browser assets")
WHO = "吴师傅"
ADDRESS = "127.0.0.77"  # every address of 127/8 is this machine: one that nothing else uses
PHONE = "Mozilla/5.0 (Linux; U; proof of anonymity) Zhengming/7.3"
OFFICE = "Mozilla/5.0 (X11) the log-in"
CAMERA = "Zhengming Camera 3000"
TEST_HOUSE = """
import django; django.setup()
from ronglu.cli.database import migrate; migrate()
from tests.cast import make_cast; from tests.work.loops_cast import zone
zone(make_cast())
"""
Row = tuple[object, ...]
# what a report is made of; nothing else may change by it
WRITTEN = {
    "store_case", "store_casestep", "store_caseparty", "store_casenumber", "store_notice", "store_attachment",
    "store_partition",
}  # fmt: skip
# what the clock writes by itself every minute: that it came round, and when a notice that waits will be told
CLOCKED, PUT_OFF = "store_tendmark", "from_at"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?")


class Server:
    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        env = environment(home) | {"PYTHONPATH": f"{SRC}{os.pathsep}{SRC.parent}"}
        env["DJANGO_SETTINGS_MODULE"] = "ronglu.config.settings"
        subprocess.run([sys.executable, "-c", TEST_HOUSE], env=env, cwd=SRC.parent, check=True, timeout=600)
        self.log = home / "serve.log"
        with self.log.open("w") as out:
            words = [*RONGLU, "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(words, env=env, cwd=home, stdout=out, stderr=out)
        until = time.monotonic() + 120
        # and the clock has come round once: what it does of a day is done before anything is looked at
        while "已启动" not in self.log.read_text() or not self.tended():
            assert self.process.poll() is None and time.monotonic() < until, self.log.read_text()
            time.sleep(0.2)

    def tended(self) -> bool:
        with closing(sqlite3.connect(self.home / "ronglu.sqlite3")) as base:
            return bool(base.execute("select 1 from store_tendmark where name = 'tend'").fetchall())

    def ask(
        self, path: str, body: bytes | None = None, *, source: str = "127.0.0.1", **headers: str
    ) -> tuple[int, list[tuple[str, str]], str]:
        """Status, headers and words of one answer, asked for from `source`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(source, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("POST" if body is not None else "GET", path, body, named)
        answer = connection.getresponse()
        words = answer.read().decode()
        connection.close()
        return answer.status, answer.getheaders(), words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = Server(tmp_path_factory.mktemp("anonymous"))
    yield found
    found.process.terminate()
    found.process.wait(30)


def logged_in(server: Server) -> str:
    """The cookies of someone's browser after he has logged in."""
    _, headers, words = server.ask("/login/", User_Agent=OFFICE)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', words)
    assert token
    jar = cookies(headers)
    form = {"csrfmiddlewaretoken": token[1], "username": PEOPLE[WHO][0], "password": PASSWORD}
    status, headers, _ = server.ask(
        "/login/", urllib.parse.urlencode(form).encode(), User_Agent=OFFICE, Cookie=spelled(jar),
        Content_Type="application/x-www-form-urlencoded", Referer=f"http://127.0.0.1:{server.port}/login/",
    )  # fmt: skip
    assert status == 302
    return spelled(jar | cookies(headers))


def cookies(headers: list[tuple[str, str]]) -> dict[str, str]:
    pairs = (value.split(";")[0].partition("=") for name, value in headers if name.lower() == "set-cookie")
    return {name: value for name, _, value in pairs}


def spelled(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def photograph() -> bytes:
    """With the camera's name and the moment in it, and a name of file that tells both."""
    out, notes = BytesIO(), Image.Exif()
    notes[0x0110], notes[0x0132] = CAMERA, f"{dt.datetime.now():%Y:%m:%d %H:%M:%S}"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=notes)
    return out.getvalue()


def multipart(fields: dict[str, str], picture: tuple[str, bytes]) -> tuple[bytes, str]:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    head = f'--x\r\nContent-Disposition: form-data; name="pictures"; filename="{picture[0]}"\r\n\r\n'.encode()
    return b"".join([*parts, head, picture[1], b"\r\n--x--\r\n"]), "multipart/form-data; boundary=x"


def tables(home: Path) -> dict[str, set[Row]]:
    """Every row of every table but the clock's own, with the names of its columns."""
    with closing(sqlite3.connect(home / "ronglu.sqlite3")) as base:
        names = [row[0] for row in base.execute("select name from sqlite_master where type = 'table'")]
        return {name: _rows(base, name) for name in names if not name.startswith("sqlite_") and name != CLOCKED}


def _rows(base: sqlite3.Connection, name: str) -> set[Row]:
    found = base.execute(f'select * from "{name}"')
    heads = [column[0] for column in found.description]
    return {tuple(zip(heads, row, strict=True)) for row in found}


def _told(rows: set[Row]) -> set[Row]:
    """The rows without the column that the clock moves on."""
    return {tuple(cell for cell in row if cell[0] != PUT_OFF) for row in rows}  # type: ignore[index]


def everything(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the data folder but what a reader is served: tables, journals, logs, uploads."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and "static" not in path.relative_to(home).parts:
            yield str(path.relative_to(home)), path.read_bytes()


@pytest.mark.covers("S4-20")
def test_an_anonymous_report_is_in_no_table_and_no_file_more_than_a_day_and_a_place(server: Server) -> None:
    jar = logged_in(server)
    before, known = tables(server.home), dict(everything(server.home))
    _, headers, words = server.ask("/r/tokZ1/", source=ADDRESS, User_Agent=PHONE, Cookie=jar)
    key = re.search(r'name="key" value="([^"]+)"', words)
    assert key and cookies(headers) == {}
    fields = {"kind": "equipment", "what": "法兰渗水", "key": key[1]}
    body, kind = multipart(fields, (f"IMG_{dt.datetime.now():%Y%m%d_%H%M%S}_{WHO}.jpg", photograph()))
    sent_at = dt.datetime.now()
    status, headers, words = server.ask(
        "/r/tokZ1/", body, source=ADDRESS, User_Agent=PHONE, Cookie=jar, Content_Type=kind
    )
    claim = re.search(r"<b>([0-9A-Z ]{14})</b>", words)
    assert status == 200 and claim and cookies(headers) == {}
    claimed = urllib.parse.urlencode({"claim": claim[1]}).encode()
    status, headers, words = server.ask(
        "/claim/", claimed, source=ADDRESS, User_Agent=PHONE, Cookie=jar,
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert status == 200 and "法兰渗水" in words and cookies(headers) == {}
    after = tables(server.home)
    fresh = {name: after[name] - before.get(name, set()) for name in after if after[name] != before.get(name)}
    assert set(fresh) == WRITTEN
    assert {name: before[name] - after[name] for name in after if before[name] - after[name]} == {}
    _no_moment(fresh)
    _nobody(fresh, jar)
    _nothing_in_files(server.home, known, sent_at, secrets=(key[1], claim[1], claim[1].replace(" ", "")))
    _the_clock_tells_it_at_no_telling_hour(server.home)


def _the_clock_tells_it_at_no_telling_hour(home: Path) -> None:
    """What the report set off goes out when a stretch of work begins or ends, not a minute after it."""
    assert ronglu(home, "tend", "--once").returncode == 0
    notice = dict(*tables(home)["store_notice"])
    assert notice["state"] != "new" and str(notice["from_at"])[14:] == "00:00"


def _no_moment(fresh: dict[str, set[Row]]) -> None:
    """Of every moment written down only the day is known; a deadline closes its day."""
    moments = {found.group() for found in MOMENT.finditer(repr(fresh))}
    assert moments
    assert {text[11:] for text in moments} == {"00:00:00"}


def _nobody(fresh: dict[str, set[Row]], jar: str) -> None:
    """No person but the owner of the zone, who is told; no account, number, address, browser or session."""
    told = {dict(row)["person_id"] for name in ("store_caseparty", "store_notice") for row in fresh[name]}
    columns = {"raised_by_id", "holder_id", "by_id", "person_id", "added_by_id", "account_id"}
    found = [(name, dict(row)) for name, rows in fresh.items() for row in rows]
    assert len(told) == 1
    for name, row in found:
        named = {column: row[column] for column in columns & row.keys() if row[column] is not None}
        assert set(named.values()) <= told and "raised_by_id" not in named and "by_id" not in named, (name, row)
    words = repr(fresh)
    session = dict(pair.split("=", 1) for pair in jar.split("; "))
    for trace in (WHO, PEOPLE[WHO][0], ADDRESS, PHONE, CAMERA, *session.values()):
        assert trace not in words, trace


def _nothing_in_files(home: Path, known: dict[str, bytes], sent_at: dt.datetime, *, secrets: tuple[str, ...]) -> None:
    """The bytes of tables, journals and logs too: what was overwritten is still there."""
    for name, data in everything(home):
        for trace in (ADDRESS, PHONE, CAMERA, *secrets):
            assert trace.encode() not in data, (name, trace)
        if not name.startswith("ronglu.sqlite3"):
            assert data == known.get(name, data), name
    kept = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert len(kept) == 1
    midnight = dt.datetime.combine(sent_at.date(), dt.time.min).timestamp()
    assert {path.stat().st_mtime for path in (*kept, kept[0].parent, kept[0].parent.parent)} == {midnight}


def test_a_broken_or_refused_report_is_not_logged_either(server: Server) -> None:
    before, known = tables(server.home), server.log.read_bytes()
    body, kind = multipart({"kind": "nonsense", "key": "0" * 32}, ("x.jpg", b"no picture"))
    for path in ("/r/tokZ1/", "/r/nobody/"):
        status, _, _ = server.ask(path, body, source=ADDRESS, User_Agent=PHONE, Content_Type=kind)
        assert status in (404, 422)
    after = tables(server.home)
    assert {name: _told(rows) for name, rows in after.items()} == {name: _told(rows) for name, rows in before.items()}
    assert server.log.read_bytes() == known


def test_the_search_would_find_a_trace_if_there_were_one(server: Server) -> None:
    """The log-in itself is written down, so that looking for its browser finds it."""
    logged_in(server)
    assert any(OFFICE.encode() in data for _, data in everything(server.home))
