"""`ronglu serve`: the web server, the background worker and the clock side by side, until one of them ends or someone stops them;
beside them an ear for MQTT topics, as long as there are any.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click

from ronglu.cli import shell

PATIENCE = 60.0
STOPPING = 10.0
LOOK = 30.0
"""Seconds between two looks at whether there are topics to listen to."""
EAR = "MQTT 监听"
Children = dict[str, "subprocess.Popen[bytes]"]


@click.command(
    name="serve", help="启动网页、后台工作和时钟三个进程，有 MQTT 数据源时再加监听；演示数据按它自己的日期运行。"
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
def command(host: str, port: int, threads: int) -> None:
    # the settings of the three processes: hashed names of static files
    os.environ["RONGLU_COLLECTED"] = "1"
    shell.django()
    from django.conf import settings
    from django.core.management import call_command

    from ronglu.cli import database

    if not _alone(host) and not (settings.HTTPS or settings.PLAIN_HTTP):
        shell.refuse(
            f"--host {host} 让别的机器连进来，而没有说明怎样加密：前面有 HTTPS 的设 RONGLU_HTTPS=1；"
            "厂内网确定用明文 http 的设 RONGLU_PLAIN_HTTP=1"
        )
    if _taken(host, port):
        shell.refuse(f"{host}:{port} 已被别的程序占用，请用 --port 换一个端口")
    database.migrate()
    try:
        database.adopt_loops()
    except shell.Refusal as refusal:
        shell.refuse(str(refusal))
    call_command("collectstatic", interactive=False, verbosity=0)
    _take_up()
    _watch(_start(host, port, threads), host, port)


def _alone(host: str) -> bool:
    """Whether only this machine itself can connect."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _take_up() -> None:
    """Jobs that still wait, whoever left them behind, are put in the queue again; the worker takes each only once. What the last
    worker left in the middle is told as failed: nobody would ever end it."""
    from ronglu.config.clock import now
    from ronglu.store.models import Job
    from ronglu.tasks.run import run_job
    from ronglu.work import imports, jobs

    jobs.strand(at=now())
    imports.strand(at=now())
    for pk in Job.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
        run_job.enqueue(pk)


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def _start(host: str, port: int, threads: int) -> Children:
    # no access log: who reports without a name leaves no address behind (docs/adr/0008)
    web = [
        "gunicorn", "ronglu.config.wsgi:application", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--threads", str(threads), "--log-level", "warning",
    ]  # fmt: skip
    worker = ["django", "db_worker", "--verbosity", "0"]
    clock = ["ronglu.cli.main", "tend"]
    return {
        "网页": subprocess.Popen([sys.executable, "-m", *web]),
        "后台工作": subprocess.Popen([sys.executable, "-m", *worker]),
        "时钟": subprocess.Popen([sys.executable, "-m", *clock]),
    }


def _watch(children: Children, host: str, port: int) -> None:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        _announce(children, host, port)
        looked = -LOOK
        while not (ended := [name for name, child in children.items() if name != EAR and child.poll() is not None]):
            if time.monotonic() - looked >= LOOK:
                looked = time.monotonic()
                _listen(children)
            time.sleep(0.5)
        click.echo(f"{'、'.join(ended)}进程意外结束，全部停止", err=True)
        code = 1
    except KeyboardInterrupt:
        click.echo("正在停止 …")
        code = 0
    finally:
        _end(children)
    sys.exit(code)


def _listen(children: Children) -> None:
    """An ear begins with the first topic and is begun again where it ended; without one the rest of the house goes on."""
    from django.db import DatabaseError, connection

    from ronglu.work.feeds_watch import any_topic

    ear = children.get(EAR)
    try:
        wanted = any_topic()
    except DatabaseError:
        return  # the next look asks again
    finally:
        connection.close()
    if ear is not None and ear.poll() is not None:
        click.echo(f"{EAR}停了", err=True)
    if wanted and (ear is None or ear.poll() is not None):
        children[EAR] = subprocess.Popen([sys.executable, "-m", "ronglu.cli.main", "listen"])


def _announce(children: Children, host: str, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while not _taken(host, port) and time.monotonic() < until:
        if children["网页"].poll() is not None:
            return
        time.sleep(0.1)
    from django.conf import settings

    click.echo(f"熔炉已启动：http://{host}:{port}/　（Ctrl+C 停止）")
    letter = Path(settings.HOME) / "demo" / "accounts.txt"
    if letter.exists():
        click.echo(letter.read_text("utf-8"))


def _end(children: Children) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(STOPPING)
        except subprocess.TimeoutExpired:
            child.kill()
