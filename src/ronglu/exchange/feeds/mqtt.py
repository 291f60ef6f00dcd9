"""Ears at a broker: one lasting session a feed; a message is let go at the broker only after it was stored."""

import queue
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ronglu.exchange.feeds.said import MOST_BYTES

ADDRESS = re.compile(
    r"(?P<scheme>mqtts?)://(?:(?P<user>[^:@/\s]+):(?P<password>[^@\s]+)@)?(?P<host>[\w.-]+)(?::(?P<port>\d{1,5}))?/?"
)
LOOKS = "mqtt://账号:密码@127.0.0.1:1883（加密的写 mqtts://）"
TOPIC = re.compile(r"[^\x00-\x1f]{1,200}")
QOS = 1
ALIVE_SECONDS = 60


class BadBroker(ValueError):
    """消息服务器的地址不能用。"""


@dataclass(frozen=True, slots=True)
class Message:
    """`done()` tells the broker that it may forget it."""

    key: int
    topic: str
    payload: bytes
    done: Callable[[], Any] = field(repr=False, compare=False)


class Ear:
    """Listens to one topic in a thread of the library; what it hears waits in `heard`."""

    def __init__(self, key: int, name: str, address: str, topic: str, heard: "queue.Queue[Message]") -> None:
        from paho.mqtt import client as paho

        parts = ADDRESS.fullmatch(address)
        if parts is None:
            raise BadBroker(f"消息服务器的地址写法不对，应是 {LOOKS}")
        self.key, self.topic, self.trouble, self._heard = key, topic, "", heard
        # the name is the session: while nobody listens the broker keeps what comes
        self._client = paho.Client(
            paho.CallbackAPIVersion.VERSION2, client_id=f"ronglu-{name}", clean_session=False, manual_ack=True
        )
        if parts["user"]:
            self._client.username_pw_set(parts["user"], parts["password"])
        if parts["scheme"] == "mqtts":
            self._client.tls_set()
        self._client.reconnect_delay_set(min_delay=1, max_delay=60)
        self._client.on_connect, self._client.on_message = self._connected, self._message
        self._client.on_disconnect = self._gone
        port = int(parts["port"] or (8883 if parts["scheme"] == "mqtts" else 1883))
        self._client.connect_async(parts["host"], port, keepalive=ALIVE_SECONDS)
        self._client.on_connect_fail = lambda *_: self._note("消息服务器连不上，正在重试")

    def start(self) -> None:
        self._client.loop_start()

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _connected(self, client: Any, _data: Any, _flags: Any, reason: Any, _more: Any = None) -> None:
        if reason.is_failure:
            self._note("消息服务器不接受这个账号")
            return
        self._note("")
        client.subscribe(self.topic, qos=QOS)

    def _message(self, client: Any, _data: Any, message: Any) -> None:
        payload = bytes(message.payload[: MOST_BYTES + 1])
        self._heard.put(Message(self.key, message.topic, payload, lambda: client.ack(message.mid, message.qos)))

    def _gone(self, _client: Any, _data: Any, _flags: Any, reason: Any, _more: Any = None) -> None:
        if reason.is_failure:
            self._note("与消息服务器的连接断了，正在重连")

    def _note(self, trouble: str) -> None:
        self.trouble = trouble
