"""Ears at a broker: one lasting session a feed; a message is let go at the broker only after it was stored."""

import queue
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ronglu.exchange.feeds.said import MOST_BYTES

ADDRESS = re.compile(
    r"(?P<scheme>mqtts?)://(?:(?P<user>[^:@/\s]+):(?P<password>[^@\s]+)@)?(?P<host>[\w.-]+)(?::(?P<port>\d{1,5}))?/?"
)
LOOKS = "mqtt://账号:密码@127.0.0.1:1883（加密的写 mqtts://）"
TOPIC = re.compile(r"[^\x00-\x1f]{1,200}")
OWN = "$"
"""Topics of the broker itself begin so, and those that would take messages away from who else listens."""
QOS = 1
ALIVE_SECONDS = 60


class BadBroker(ValueError):
    """消息服务器的地址不能用。"""


def problems(topic: str) -> list[str]:
    """What is wrong with a topic before anybody listens to it."""
    levels = topic.split("/")
    if not TOPIC.fullmatch(topic):
        return ["请写主题（topic）：听哪个，如 plant/furnace/power"]
    if topic.startswith(OWN):
        return ["主题（topic）不能以 $ 开头：那是消息服务器自己的"]
    if "#" in topic and (levels[-1] != "#" or topic.count("#") > 1):
        return ["主题（topic）里的 # 只能单独占最后一层，如 plant/furnace/#"]
    if any("+" in level and level != "+" for level in levels):
        return ["主题（topic）里的 + 应单独占一层，如 plant/+/power"]
    if set(levels) <= {"#", "+", ""}:
        return ["主题（topic）至少写明一层，不能什么都听"]
    return []


def overhear(address: str, topic: str, *, seconds: float, most: int) -> list[tuple[str, bytes]]:
    """What comes within some seconds, as topic and payload. A passing session of its own: nothing is taken from the lasting one."""
    from paho.mqtt import client as paho

    heard: queue.Queue[tuple[str, bytes]] = queue.Queue()
    fault: list[str] = ["消息服务器连不上"]
    client, host, port = _client(paho, address, name="", lasting=False)

    def connected(client: Any, _data: Any, _flags: Any, reason: Any, _more: Any = None) -> None:
        fault[0] = "消息服务器不接受这个账号" if reason.is_failure else ""
        if not reason.is_failure:
            client.subscribe(topic, qos=0)

    client.on_connect = connected
    client.on_message = lambda _c, _d, one: heard.put((one.topic, bytes(one.payload[: MOST_BYTES + 1])))
    client.connect_async(host, port, keepalive=ALIVE_SECONDS)
    client.loop_start()
    found: list[tuple[str, bytes]] = []
    until = time.monotonic() + seconds
    try:
        while len(found) < most and (left := until - time.monotonic()) > 0:
            found.append(heard.get(timeout=left))
    except queue.Empty:
        pass
    finally:
        client.disconnect()
        client.loop_stop()
    if not found and fault[0]:
        raise BadBroker(fault[0])
    return found


def _client(paho: Any, address: str, *, name: str, lasting: bool) -> tuple[Any, str, int]:
    """One of the library, with account and encryption as the address says; not connected yet."""
    parts = ADDRESS.fullmatch(address)
    if parts is None:
        raise BadBroker(f"消息服务器的地址写法不对，应是 {LOOKS}")
    client = paho.Client(
        paho.CallbackAPIVersion.VERSION2, client_id=name, clean_session=not lasting, manual_ack=lasting
    )
    if parts["user"]:
        client.username_pw_set(parts["user"], parts["password"])
    if parts["scheme"] == "mqtts":
        client.tls_set()
    return client, parts["host"], int(parts["port"] or (8883 if parts["scheme"] == "mqtts" else 1883))


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

        # the name is the session: while nobody listens the broker keeps what comes
        self._client, host, port = _client(paho, address, name=f"ronglu-{name}", lasting=True)
        self.key, self.topic, self.trouble, self._heard = key, topic, "", heard
        self._client.reconnect_delay_set(min_delay=1, max_delay=60)
        self._client.on_connect, self._client.on_message = self._connected, self._message
        self._client.on_disconnect = self._gone
        self._client.connect_async(host, port, keepalive=ALIVE_SECONDS)
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
