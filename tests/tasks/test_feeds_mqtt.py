"""A broker, an ear and a table: what is published is stored before it is let go, also what came while nobody listened."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ronglu.store.models import Channel, Feed, Reading
from ronglu.tasks.listen import Listener
from tests.cast import make_cast
from tests.work.fed import AT, LINE, make_fed

TOPIC = "plant/furnace/power"
TAGS = [{"tag": "P1", "line": LINE, "series": "sm_power", "grain": "hour", "unit": "kWh"}]
SRC = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def broker() -> Iterator[int]:
    """A broker of its own on a free port of this machine. It keeps nothing for clients without a name."""
    from amqtt.broker import Broker

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop = asyncio.new_event_loop()
    plugins = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": False}}
    config = {"listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}}, "plugins": plugins}
    up = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        one = Broker(config, loop=loop)
        loop.run_until_complete(one.start())
        up.set()
        loop.run_forever()
        loop.run_until_complete(one.shutdown())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert up.wait(30)
    yield port
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)


@pytest.fixture
def fed(transactional_db: None, broker: int, monkeypatch: pytest.MonkeyPatch) -> Feed:
    cast = make_cast()
    feed = make_fed(cast).feed
    Channel.objects.create(unit=cast.unit[LINE], series="sm_power", grain="hour", from_on=AT.date().replace(day=1))
    Feed.objects.filter(pk=feed.pk).update(settings={"topic": TOPIC}, tags=TAGS)
    monkeypatch.setenv("RONGLU_FEED_QINGLAN_METER", f"mqtt://meter:copper@127.0.0.1:{broker}")
    return Feed.objects.get(pk=feed.pk)


def publish(port: int, *values: tuple[str, str]) -> None:
    from paho.mqtt import publish as paho

    said = [{"tag": "P1", "at": at, "value": value, "unit": "kWh"} for at, value in values]
    messages = [{"topic": TOPIC, "payload": json.dumps({"values": [one]}), "qos": 1} for one in said]
    paho.multiple(messages, hostname="127.0.0.1", port=port, auth={"username": "mes", "password": "copper"})


def listen(wanted: int) -> None:
    """Runs in this thread, as the command does, until so many readings stand."""
    end = time.monotonic() + 40
    Listener(now=lambda: AT, stop=lambda: Reading.objects.count() >= wanted or time.monotonic() > end).run()


@pytest.mark.django_db(transaction=True)
def test_what_is_published_becomes_readings_once(fed: Feed, broker: int) -> None:
    threading.Timer(
        3, publish, (broker, ("2026-03-09T08:00", "120.5"), ("2026-03-09T08:00", "120.5"), ("2026-03-09T09:00", "118"))
    ).start()
    listen(2)
    assert sorted(Reading.objects.values_list("text", flat=True)) == ["118", "120.5"]
    fed.refresh_from_db()
    assert fed.heard_at == AT and not fed.trouble


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_nobody_listens_is_brought_afterwards(fed: Feed, broker: int) -> None:
    threading.Timer(3, publish, (broker, ("2026-03-09T08:00", "1"))).start()
    listen(1)
    publish(broker, ("2026-03-09T09:00", "2"), ("2026-03-09T10:00", "3"))
    listen(3)
    assert sorted(Reading.objects.values_list("text", flat=True)) == ["1", "2", "3"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_not_there_is_told_beside_the_feed(fed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ronglu.tasks.listen.LOOK", 1.0)
    monkeypatch.setenv("RONGLU_FEED_QINGLAN_METER", "mqtt://meter:gold-and-copper@127.0.0.1:1")
    end = time.monotonic() + 20
    Listener(now=lambda: AT, stop=lambda: bool(Feed.objects.get().trouble) or time.monotonic() > end).run()
    assert "连不上" in Feed.objects.get().trouble and "copper" not in Feed.objects.get().trouble


def test_the_command_stops_on_sigterm(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "RONGLU_HOME": str(tmp_path),
        "PYTHONPATH": str(SRC),
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen([sys.executable, "-m", "ronglu.cli.main", "listen"], env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None and "正在听".encode() in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
