"""Topics listened to until someone stops it: an ear for every running feed, each message stored before its broker lets it go."""

import datetime as dt
import logging
import queue
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections
from django.db.models import QuerySet

from ronglu.config import feeds as places
from ronglu.exchange.feeds.mqtt import BadBroker, Ear, Message
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Feed, FeedKind, FeedState
from ronglu.tasks.feeds import receive
from ronglu.work import feeds

log = logging.getLogger(__name__)
LOOK = 30.0
"""Seconds between two looks at which feeds there are and how their brokers do."""
AGAIN = 5.0
"""Seconds until a message is tried again for which there was no database."""
Stop = Callable[[], bool]


class Listener:
    """One thread stores; the library's threads only hear."""

    def __init__(self, *, now: Callable[[], dt.datetime], stop: Stop) -> None:
        self._now, self._stop = now, stop
        self._heard: queue.Queue[Message] = queue.Queue(maxsize=1000)
        self._ears: dict[int, Ear] = {}

    def run(self) -> None:
        looked = -LOOK
        try:
            while not self._stop():
                if time.monotonic() - looked >= LOOK:
                    looked = time.monotonic()
                    self._tune()
                self._hear()
        finally:
            for ear in self._ears.values():
                ear.stop()

    def _tune(self) -> None:
        """Opens ears for feeds that came, closes those of feeds that went, and tells what a broker refuses."""
        try:
            close_old_connections()
            wanted = {one.pk: one for one in _feeds()}
            for key in set(self._ears) - set(wanted):
                self._ears.pop(key).stop()
            for key, feed in wanted.items():
                self._attend(key, feed)
        except DatabaseError as why:
            log.warning("listen: %s", type(why).__name__)

    def _attend(self, key: int, feed: Feed) -> None:
        topic = str(feed.settings.get("topic", ""))
        ear = self._ears.get(key)
        if ear is not None and ear.topic != topic:
            self._ears.pop(key).stop()
            ear = None
        if ear is None:
            try:
                address = places.address(feed.plant.code, feed.code) or places.BROKER
                ear = Ear(key, f"{feed.plant.code}-{feed.code}", address, topic, self._heard)
            except (BadBroker, TimeTrouble) as why:
                feeds.fail(feed=feed, why=str(why), at=self._now())
                return
            ear.start()
            self._ears[key] = ear
        if ear.trouble:
            feeds.fail(feed=feed, why=ear.trouble, at=self._now())

    def _hear(self) -> None:
        try:
            message = self._heard.get(timeout=0.5)
        except queue.Empty:
            return
        while not self._stop():
            try:
                self._store(message)
                return
            except DatabaseError as why:
                log.warning("listen: %s", type(why).__name__)
                close_old_connections()
                time.sleep(AGAIN)

    def _store(self, message: Message) -> None:
        """A message of a feed that was paused meanwhile is not let go: the broker brings it again."""
        feed = _feeds().filter(pk=message.key).first()
        if feed is None:
            return
        try:
            receive(feed=feed, raw=message.payload, name=message.topic, at=self._now())
        except TimeTrouble as why:
            feeds.fail(feed=feed, why=str(why), at=self._now())
            return
        message.done()


def _feeds() -> QuerySet[Feed]:
    found = Feed.objects.filter(kind=FeedKind.MQTT, state=FeedState.RUNNING)
    return found.select_related("plant", "account").order_by("pk")
