"""A PostgreSQL of our own for the length of one command.

    python tools/pg.py COMMAND …      runs COMMAND with DATABASE_URL set, then stops and deletes the server

The cluster lives in a temporary folder, listens on one free loopback port and is run by an unprivileged user, because
initdb refuses root. Nothing in it survives, so it does not wait for the disk.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
SERVANTS = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder that holds initdb and postgres: the newest of Debian's, else the one on the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def servant() -> str | None:
    """Under whose name the server runs: ours, unless that is root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in SERVANTS if name in known), None)


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Start a fresh server, give its DATABASE_URL, stop and delete it afterwards."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("没有 PostgreSQL:请安装 postgresql(Debian 的包名)· PostgreSQL is not installed")
    home, user, port = Path(tempfile.mkdtemp(prefix="ronglu-pg-")), servant(), free_port()
    if user:
        shutil.chown(home, user)
    data, log = home / "data", home / "log"

    def quietly(*command: str) -> None:
        done = subprocess.run(command, user=user, cwd=home, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")

    quietly(
        str(folder / "initdb"), "-D", str(data), "-U", "ronglu", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"
    )
    settings = FAST | {"port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(home)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(folder / "postgres"), "-D", str(data), *options],
            user=user,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait(process, port=port, log=log)
        quietly(str(folder / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "ronglu", "ronglu")
        yield f"postgresql://ronglu@127.0.0.1:{port}/ronglu"
    finally:
        # PostgreSQL's fast shutdown: open sessions are ended, not waited for
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(home, ignore_errors=True)


def wait(process: subprocess.Popen[bytes], *, port: int, log: Path) -> None:
    """Until the server accepts connections; its log tells why when it doesn't."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        if "ready to accept connections" in log.read_text():
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not answer on port {port}:\n{log.read_text()}")


def main() -> int:
    """Run the given command beside a server of its own."""
    if len(sys.argv) < 2:
        sys.exit("usage: python tools/pg.py COMMAND …")
    # a terminated command still stops its server
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
