"""`ronglu serve` as a real process: web, worker and clock start together, one can log in, and both are gone when it is stopped."""

import http.cookiejar
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.houses import RONGLU, environment, ronglu, rows

ASSETS = Path(__file__).resolve().parents[2] / "src/ronglu/web/static/vendor/echarts.min.js"
pytestmark = [
    pytest.mark.skipif(not ASSETS.exists(), reason="没有网页资源：先运行 make setup · no browser assets"),
    pytest.mark.xdist_group("house"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A started server, what it said, and a browser of the simplest kind."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        words = [*RONGLU, "serve", "--port", str(self.port)]
        self.log = home / "serve.log"
        with self.log.open("w") as out:
            self.process = subprocess.Popen(words, env=environment(home), cwd=home, stdout=out, stderr=out)
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str, **form: str) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.address(path), data, {"Referer": self.address(path)})
        with self.browser.open(request, timeout=20) as answer:
            return str(answer.read().decode())

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def wait(self, word: str, seconds: float = 60) -> str:
        until = time.monotonic() + seconds
        while word not in (said := self.log.read_text()) and time.monotonic() < until:
            assert self.process.poll() is None, said
            time.sleep(0.2)
        assert word in said
        return said


LEFT = (
    "insert into store_job (kind, label, args, state, done, total, message, result, created_at) "
    "values ('boards', '更新指标板', '{}', 'waiting', 0, 0, '', '{}', '2026-04-10 09:00:00')"
)


@pytest.fixture
def served(house: Path) -> Iterator[Served]:
    """Work that was left waiting by a command is there before the start."""
    rows(house, LEFT)
    found = Served(house)
    yield found
    # never killed at once: its three processes would outlive it
    found.process.terminate()
    found.process.wait(30)


def last_job(home: Path, seconds: float = 90) -> str:
    """How the newest job ended."""
    until = time.monotonic() + seconds
    while True:
        state = str(rows(home, "select state from store_job order by id desc limit 1")[0][0])
        if state not in ("waiting", "running") or time.monotonic() > until:
            return state
        time.sleep(0.5)


def children(parent: int) -> list[int]:
    out = subprocess.run(["ps", "--ppid", str(parent), "-o", "pid="], capture_output=True, text=True).stdout
    return [int(pid) for pid in out.split()]


def test_it_serves_prints_accounts_takes_a_login_and_stops_whole(served: Served) -> None:
    said = served.wait("口令")
    assert f"http://127.0.0.1:{served.port}/" in said
    number, name = next(m.groups() for m in re.finditer(r"(\d{5})\s+统计员（导入）　(\S+)", said))
    password = re.search(r"口令：(\S+)", said)
    assert password is not None
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', served.get("/login/"))
    assert token is not None
    served.get("/login/", csrfmiddlewaretoken=token[1], username=number, password=password[1])
    assert name in served.get("/")
    assert last_job(served.log.parent) == "done"
    alive = children(served.process.pid)
    assert len(alive) == 3
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(20) == 0
    assert [pid for pid in alive if Path(f"/proc/{pid}").exists()] == []


def test_a_port_that_is_taken_is_told(house: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = ronglu(house, "serve", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "已被别的程序占用" in done.stderr


def test_other_machines_are_let_in_only_where_it_was_said_how(house: Path) -> None:
    done = ronglu(house, "serve", "--host", "0.0.0.0", "--port", str(free_port()))
    assert done.returncode == 1
    assert "RONGLU_HTTPS=1" in done.stderr and "RONGLU_PLAIN_HTTP=1" in done.stderr
