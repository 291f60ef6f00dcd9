"""Ways out of the house for a short message (mail box, group robots of chat programs, a plain web hook) behind one interface.

Addresses are secrets: whoever has one can write to the group. They are never part of an error, a result or a log line.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ronglu.exchange.problems import Refused

logger = logging.getLogger(__name__)

HOUSE = "熔炉"
MOST_BYTES = 1800
"""Of text in a chat message; the strictest of the robots takes 2048, and a Chinese character has three."""


class BadAddress(Refused):
    """这个通知地址不能用。"""

    code = "bad_address"


class Kind(StrEnum):
    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    HOOK = "hook"


@dataclass(frozen=True, slots=True)
class Way:
    """What an address of one kind looks like: the pattern takes it apart, the words tell a person."""

    label: str
    pattern: re.Pattern[str]
    looks: str


def _way(label: str, pattern: str, looks: str) -> Way:
    return Way(label, re.compile(pattern), looks)


WAYS: Mapping[Kind, Way] = MappingProxyType(
    {
        Kind.MAIL: _way(
            "电子邮件",
            r"(?P<scheme>smtps|smtp\+tls|smtp)://(?:(?P<user>[^:/\s]+):(?P<password>\S+)@)?(?P<host>[\w.-]+)(?::(?P<port>\d{1,5}))?"
            r"/(?P<to>[^\s/@,:]+@[\w.-]+(?:,[^\s/@,:]+@[\w.-]+)*)",
            "smtps://账号:授权码@邮件服务器:465/收件人@单位.cn（几个收件人用英文逗号隔开；用 STARTTLS 的写 smtp+tls://，厂内不加密的写 smtp://）",
        ),
        Kind.WECOM: _way(
            "企业微信群机器人",
            r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=(?P<key>[\w-]{8,})",
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…（群设置→消息推送→复制 Webhook 地址）",
        ),
        Kind.DINGTALK: _way(
            "钉钉群机器人",
            r"https://oapi\.dingtalk\.com/robot/send\?access_token=(?P<key>[A-Za-z0-9]{8,})(?:\s+(?P<secret>SEC[A-Za-z0-9]+))?",
            f"https://oapi.dingtalk.com/robot/send?access_token=… SEC…（安全设置选“加签”，密钥写在网址后面，中间空一格；或把自定义关键词设为“{HOUSE}”）",
        ),
        Kind.FEISHU: _way(
            "飞书群机器人",
            r"https://open\.feishu\.cn/open-apis/bot/v2/hook/(?P<key>[\w-]{8,})(?:\s+(?P<secret>\S+))?",
            f"https://open.feishu.cn/open-apis/bot/v2/hook/… 密钥（开了“签名校验”的，密钥写在网址后面，中间空一格；或把自定义关键词设为“{HOUSE}”）",
        ),
        Kind.HOOK: _way(
            "内网接口",
            r"https?://[\w.-]+(?::\d{1,5})?(?:/[^\s]*)?",
            "http://10.0.0.8:9000/notice（熔炉向它 POST 一段 JSON：title、lines、url）",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: one line on top, then the lines, then where to read more."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """An address that was looked at; printing it does not show it."""

    kind: Kind
    address: str = field(repr=False)

    @property
    def parts(self) -> Mapping[str, str | None]:
        """What the address consists of."""
        found = WAYS[self.kind].pattern.fullmatch(self.address)
        return found.groupdict() if found else {}

    @property
    def tail(self) -> str:
        """Enough to tell two addresses of a kind apart on a page, too little to use."""
        return f"…{self.address[-4:]}"


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether the other side took it; `detail` says why not, for the person who looks after the channel."""

    ok: bool
    detail: str = ""


def channel(kind: str, address: str) -> Channel:
    """A channel to send by; an unknown kind or an address of another shape is refused without repeating it."""
    if kind not in WAYS:
        raise BadAddress(f"没有“{kind}”这种通知方式。可用：{'、'.join(way.label for way in WAYS.values())}")
    way = WAYS[Kind(kind)]
    tidy = address.strip()
    if not way.pattern.fullmatch(tidy):
        raise BadAddress(f"{way.label}的地址写法不对，应是：{way.looks}")
    return Channel(Kind(kind), tidy)


def send(channel: Channel, message: Message) -> Sent:
    """Try once, within about ten seconds; whatever goes wrong is told in the answer, nothing is raised."""
    try:
        from ronglu.exchange import couriers

        trouble = couriers.carry(channel, message)
    except Exception as why:  # the clock goes on to the next message; the text of `why` may hold the address
        logger.error("channel %s: %s", channel.kind, type(why).__name__)
        return Sent(False, "没有发出：程序出错，请把时间告诉系统管理员")
    return Sent(not trouble, trouble)


def plain(message: Message, *, most_bytes: int = MOST_BYTES) -> str:
    """The message as one text, the name of the house first; lines that do not fit are counted, the address always stays."""
    title = _cut(f"【{HOUSE}】{message.title}", most_bytes // 3)
    lines = [_cut(line, most_bytes // 3) for line in message.lines]
    for kept in range(len(lines), -1, -1):
        left = len(lines) - kept
        more = [f"……另有 {left} 条，请打开查看"] if left else []
        text = "\n".join([title, *lines[:kept], *more, *filter(None, [message.url])])
        if len(text.encode()) <= most_bytes:
            break
    return text


def _cut(text: str, most_bytes: int) -> str:
    raw = text.encode()
    return text if len(raw) <= most_bytes else raw[: most_bytes - 3].decode(errors="ignore") + "…"
