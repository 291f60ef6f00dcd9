"""How each kind of channel really sends; loads the messaging library, so only `channels.send` opens this file, in the worker.

The library says that a robot took a message as soon as the status is 200. The three robots say 200 also when they refuse
and give the reason as a number in the answer, so the answer is read here.
"""

import base64
import hashlib
import hmac
import json
import logging
import time
from abc import ABC, abstractmethod
from itertools import islice
from typing import Any
from urllib.parse import quote

import requests
from apprise import AppriseAsset, NotifyFormat, PersistentStoreMode
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from ronglu.exchange.channels import HOUSE, Channel, Kind, Message, plain

PATIENCE = 5.0
"""Seconds to connect, and again to answer."""
ANSWER_BYTES = 1 << 16

# both write whole addresses into their log
for name in ("apprise", "urllib3"):
    logging.getLogger(name).setLevel(logging.CRITICAL + 1)

ASSET = AppriseAsset(
    app_id=HOUSE, app_desc=HOUSE, app_url="", storage_mode=PersistentStoreMode.MEMORY, http_redirects=False
)
HABITS = {"asset": ASSET, "cto": PATIENCE, "rto": PATIENCE}

STATUSES = {
    401: "对方要求登录（401），请核对地址里的密钥",
    403: "对方拒绝（403），请核对地址里的密钥和对方的访问限制",
    404: "对方没有这个地址（404），请重新复制地址",
    429: "发得太勤，对方暂时不收（429），稍后再试",
}
REFUSALS = {
    93000: "机器人不存在或已被移出群，请重新复制地址",
    45009: "发得太勤，对方暂时不收，稍后再试",
    300001: "机器人不存在或已停用，请重新复制地址",
    310000: f"没有通过机器人的安全设置：请核对加签密钥，或把自定义关键词设为“{HOUSE}”，或放行本服务器的地址",
    130101: "发得太勤，对方暂时不收，稍后再试",
    19001: "机器人不存在或已停用，请重新复制地址",
    19021: "签名不对：请核对密钥和服务器的时钟",
    19022: "机器人限定了来源地址，请放行本服务器的地址",
    19024: f"机器人设了自定义关键词，请把关键词设为“{HOUSE}”",
    11232: "发得太勤，对方暂时不收，稍后再试",
}


def carry(channel: Channel, message: Message) -> str:
    """Send once; what went wrong in words without the address, empty when the other side took it."""
    match channel.kind:
        case Kind.HOOK:
            return knock(channel.address, {"title": message.title, "lines": message.lines, "url": message.url})
        case Kind.MAIL:
            return post(letter(channel), message)
        case _:
            return speak(robot(channel), plain(message))


def speak(courier: "Robot", text: str) -> str:
    """Let a robot say it in its group."""
    courier.notify(body=text, body_format=NotifyFormat.TEXT)
    return courier.trouble


def post(courier: NotifyEmail, message: Message) -> str:
    """Hand a letter to the mail server."""
    body = "\n".join((*message.lines, message.url)).strip() or message.title
    if courier.notify(title=f"【{HOUSE}】{message.title}", body=body, body_format=NotifyFormat.TEXT):
        return ""
    return "邮件服务器没有收下，或有收件人没有收到：请核对服务器、端口、加密方式、账号、授权码和收件人"


def robot(channel: Channel) -> "Robot":
    """The courier for a robot's address."""
    parts = channel.parts
    match channel.kind:
        case Kind.WECOM:
            return WeCom(key=parts["key"], **HABITS)
        case Kind.DINGTALK:
            return DingTalk(token=parts["key"], secret=parts["secret"], **HABITS)
        case _:
            return Feishu(token=parts["key"], secret=parts["secret"], **HABITS)


def letter(channel: Channel) -> NotifyEmail:
    """The courier for a mail box; without an account (a relay inside the plant) the first recipient is the sender."""
    parts = channel.parts
    user, password, targets = parts["user"], parts["password"], str(parts["to"]).split(",")
    return NotifyEmail(
        smtp_host=parts["host"],
        host=parts["host"],
        port=parts["port"],
        secure_mode={"smtps": "ssl", "smtp+tls": "starttls"}.get(str(parts["scheme"]), "insecure"),
        # the library takes both for parts of an address and unquotes them
        user=quote(user, safe="") if user else None,
        password=quote(password, safe="") if password else None,
        from_addr=f"{HOUSE} <{user if user and '@' in user else targets[0]}>",
        targets=targets,
        **HABITS,
    )


class Robot(ABC):
    """What the three robots share: one JSON text out, one answer with a number in it back."""

    trouble = ""

    @abstractmethod
    def address(self) -> str:
        """Where the text goes, with what proves that we may."""

    def words(self, text: str) -> dict[str, Any]:
        return {"msgtype": "text", "text": {"content": text}}

    def send(self, body: str, title: str = "", **_: object) -> bool:
        self.trouble = knock(self.address(), self.words(body), robot=True)
        return not self.trouble


class WeCom(Robot, NotifyWeComBot):
    def address(self) -> str:
        return str(self.api_url)


class DingTalk(Robot, NotifyDingTalk):
    def address(self) -> str:
        """Signed where a secret is set; the library quotes the signature twice, which the other side refuses."""
        address = str(self.notify_url).format(token=self.token)
        if not self.secret:
            return address
        moment = _now() * 1000
        sign = _sign(self.secret, f"{moment}\n{self.secret}")
        return f"{address}&timestamp={moment}&sign={quote(sign, safe='')}"


class Feishu(Robot, NotifyFeishu):
    def __init__(self, *, secret: str | None, **more: Any) -> None:
        super().__init__(**more)
        self.secret = secret  # the library knows no signature here

    def address(self) -> str:
        return str(self.notify_url).format(token=self.token).rstrip("/")

    def words(self, text: str) -> dict[str, Any]:
        said: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if self.secret:
            moment = str(_now())
            said |= {"timestamp": moment, "sign": _sign(f"{moment}\n{self.secret}", "")}
        return said


def _now() -> int:
    """The machine's own clock, not the plant's: the other side refuses a signature that is an hour old."""
    return int(time.time())


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def knock(address: str, words: dict[str, Any], *, robot: bool = False) -> str:
    """POST a JSON text; trouble in words. A web hook inside the plant is reached without the way out (proxy)."""
    with requests.Session() as session:
        session.trust_env = robot
        try:
            body = json.dumps(words, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "ronglu"}
            with session.post(
                address, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False, stream=True
            ) as answer:
                return _status(answer.status_code) or (_refusal(answer) if robot else "")
        except requests.exceptions.SSLError:
            return "对方的证书不被信任，没有发出。请在服务器上装好对方的根证书"
        except requests.Timeout:
            return f"对方 {PATIENCE:.0f} 秒内没有回应"
        except requests.RequestException:
            return "连不上对方：请核对地址、端口和网络"


def _status(code: int) -> str:
    if 200 <= code < 300:
        return ""
    if 300 <= code < 400:
        return f"对方要求转到别处（{code}），没有跟过去。请填写最终的地址"
    return STATUSES.get(code) or (f"对方出错（{code}），稍后再试" if code >= 500 else f"对方没有收（{code}）")


def _refusal(answer: requests.Response) -> str:
    """Why a robot did not say it, by the number in its answer; 0 is its yes."""
    try:
        said = json.loads(b"".join(islice(answer.iter_content(4096), ANSWER_BYTES // 4096)))
        code = next(int(said[key]) for key in ("errcode", "code", "StatusCode") if key in said)
    except (ValueError, TypeError, StopIteration):
        return "对方的回答看不懂，不能确认已经发出"
    return "" if code == 0 else REFUSALS.get(code, f"机器人没有收，回答的代码是 {code}，请对照它的说明")
