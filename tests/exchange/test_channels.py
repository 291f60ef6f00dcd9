"""Messages on their way out: they arrive, or the answer says why not, and no address is ever told."""

import base64
import hashlib
import hmac
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ronglu.exchange import channels, couriers
from ronglu.exchange.channels import WAYS, BadAddress, Channel, Kind, Message, Sent, channel, plain, send
from tests.exchange import servers

KEY = "693a91f6-7aaa-4bc4-97a0-s3cr3t"
TOKEN, SECRET = "66d1ac38f5a2s3cr3t00", "SECabcdefs3cr3t"
ADDRESSES = {
    Kind.MAIL: "smtps://notice@plant.cn:pw/?#@%41s3cr3t@smtp.plant.cn:465/li@plant.cn,wang@plant.cn",
    Kind.WECOM: f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
    Kind.DINGTALK: f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN} {SECRET}",
    Kind.FEISHU: f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY} {SECRET}",
    Kind.HOOK: "http://10.0.0.8:9000/notice?token=s3cr3t",
}
LATE = Message("隐患 #12 超期 3 天", ("护栏松动，2 号槽面", "责任人：李班长"), "http://10.0.0.1/cases/12/")


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "PATIENCE", 0.4)


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # held but not listening
        yield held.getsockname()[1]


# what an address must look like


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_takes_its_own_address_and_says_in_words_what_it_looks_like(kind: Kind) -> None:
    assert channel(kind, f"  {ADDRESSES[kind]}\n") == Channel(kind, ADDRESSES[kind])
    assert WAYS[kind].label and "://" in WAYS[kind].looks


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (Kind.MAIL, "li@plant.cn"),
        (Kind.MAIL, "smtp://server/"),
        (Kind.MAIL, "smtp://server/li@plant.cn,"),
        (Kind.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        (Kind.WECOM, ADDRESSES[Kind.FEISHU]),
        (Kind.WECOM, f"https://elsewhere.example/cgi-bin/webhook/send?key={KEY}"),
        (Kind.WECOM, f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        (Kind.DINGTALK, f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN} without-SEC"),
        (Kind.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/"),
        (Kind.HOOK, "file:///etc/hostname"),
        (Kind.HOOK, "ftp://10.0.0.8/"),
        (Kind.HOOK, "http://10.0.0.8/two words"),
        (Kind.HOOK, ""),
    ],
)
def test_another_address_is_refused_with_the_right_form_and_without_repeating_it(kind: Kind, address: str) -> None:
    with pytest.raises(BadAddress) as why:
        channel(kind, address)
    assert WAYS[kind].looks in why.value.message
    assert KEY not in why.value.message and TOKEN not in why.value.message


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadAddress, match="企业微信群机器人、钉钉群机器人"):
        channel("fax", "0931")


@pytest.mark.parametrize("kind", Kind)
def test_a_channel_does_not_show_its_address(kind: Kind) -> None:
    made = channel(kind, ADDRESSES[kind])
    assert "s3cr3t" not in repr(made) and "s3cr3t" not in str(made)
    assert made.tail == f"…{ADDRESSES[kind][-4:]}"


# a plain web hook


def test_a_hook_gets_title_lines_and_address_as_json() -> None:
    with servers.web() as side:
        assert send(channel("hook", f"{side.url}/notice?token=x"), LATE) == Sent(True)
    assert side.paths == ["/notice?token=x"]
    assert side.bodies == [{"title": LATE.title, "lines": list(LATE.lines), "url": LATE.url}]
    assert side.types == ["application/json; charset=utf-8"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (301, "301"),
        (400, "400"),
        (401, "密钥"),
        (403, "拒绝"),
        (404, "没有这个地址"),
        (429, "太勤"),
        (500, "500"),
        (503, "503"),
    ],
)
def test_any_answer_but_a_yes_is_told_as_a_failure(status: int, word: str) -> None:
    with servers.web(status=status) as side:
        sent = send(channel("hook", f"{side.url}/s3cr3t"), LATE)
    assert not sent.ok and word in sent.detail and "s3cr3t" not in sent.detail


def test_a_hook_does_not_follow_to_another_address() -> None:
    with servers.web() as other, servers.web(status=307, headers={"Location": other.url}) as side:
        assert not send(channel("hook", side.url), LATE).ok
    assert len(side.bodies) == 1 and other.bodies == []


def test_a_side_that_never_answers_is_left_after_a_while() -> None:
    with servers.web(slow=1.2) as side:
        sent = send(channel("hook", side.url), LATE)
    assert not sent.ok and "没有回应" in sent.detail


def test_nobody_there_is_told(closed_port: int) -> None:
    assert send(channel("hook", f"http://127.0.0.1:{closed_port}/"), LATE) == Sent(
        False, "连不上对方：请核对地址、端口和网络"
    )


def test_a_hook_in_the_plant_does_not_take_the_way_out(monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")
    monkeypatch.setenv("no_proxy", "")
    with servers.web() as side:
        assert send(channel("hook", side.url), LATE).ok


# robots in group chats


def here(kind: Kind, side: servers.Web) -> couriers.Robot:
    """The robot of a real address, its host turned to this machine."""
    made = couriers.robot(channel(kind, ADDRESSES[kind]))
    public = urlsplit(made.address())
    local = f"{side.url}{public.path}{'?' + public.query if public.query else ''}"
    made.address = lambda: local  # type: ignore[method-assign]
    return made


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        (Kind.WECOM, f"/cgi-bin/webhook/send?key={KEY}", {"msgtype": "text", "text": {"content": plain(LATE)}}),
        (Kind.DINGTALK, f"/robot/send?access_token={TOKEN}", {"msgtype": "text", "text": {"content": plain(LATE)}}),
        (Kind.FEISHU, f"/open-apis/bot/v2/hook/{KEY}", {"msg_type": "text", "content": {"text": plain(LATE)}}),
    ],
)
def test_a_robot_gets_the_text_in_its_own_form(kind: Kind, path: str, said: dict[str, object]) -> None:
    with servers.web(answer={"errcode": 0, "code": 0}) as side:
        assert couriers.speak(here(kind, side), plain(LATE)) == ""
    (asked,), (body,) = side.paths, side.bodies
    assert asked.startswith(path)
    assert {key: body[key] for key in said} == said


@pytest.mark.parametrize(
    ("kind", "host", "of"),
    [
        (Kind.WECOM, "qyapi.weixin.qq.com", "NotifyWeComBot"),
        (Kind.DINGTALK, "oapi.dingtalk.com", "NotifyDingTalk"),
        (Kind.FEISHU, "open.feishu.cn", "NotifyFeishu"),
    ],
)
def test_each_robot_is_the_library_s_own_and_knocks_at_its_maker_s_door(kind: Kind, host: str, of: str) -> None:
    made = couriers.robot(channel(kind, ADDRESSES[kind]))
    assert of in {base.__name__ for base in type(made).__mro__}
    assert made.address().startswith(f"https://{host}/") and (KEY in made.address() or TOKEN in made.address())


def test_a_signed_dingtalk_address_carries_the_signature_quoted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "_now", lambda: 1_700_000_000)
    asked = parse_qs(urlsplit(couriers.robot(channel("dingtalk", ADDRESSES[Kind.DINGTALK])).address()).query)
    key, text = SECRET.encode(), f"1700000000000\n{SECRET}".encode()
    assert asked["timestamp"] == ["1700000000000"]
    assert asked["sign"] == [base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()]


def test_a_signed_feishu_text_carries_time_and_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "_now", lambda: 1_700_000_000)
    words = couriers.robot(channel("feishu", ADDRESSES[Kind.FEISHU])).words("x")
    key = f"1700000000\n{SECRET}".encode()
    assert words["timestamp"] == "1700000000"
    assert words["sign"] == base64.b64encode(hmac.digest(key, b"", hashlib.sha256)).decode()


@pytest.mark.parametrize("kind", [Kind.DINGTALK, Kind.FEISHU])
def test_without_a_secret_nothing_is_signed(kind: Kind) -> None:
    made = couriers.robot(channel(kind, ADDRESSES[kind].removesuffix(f" {SECRET}")))
    assert "sign" not in made.address() and "sign" not in made.words("x")


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, "重新复制地址"),
        ({"errcode": 310000, "errmsg": "keywords not in content"}, "关键词设为“熔炉”"),
        ({"code": 19021, "msg": "sign match fail"}, "签名不对"),
        ({"code": 12345}, "12345"),
        ({"greeting": "hello"}, "不能确认"),
        (["errcode"], "不能确认"),
        (b"<html>ok</html>", "不能确认"),
        (b"", "不能确认"),
    ],
)
def test_a_robot_that_says_200_and_refuses_has_not_sent(answer: object, word: str) -> None:
    with servers.web(answer=answer) as side:
        assert word in couriers.speak(here(Kind.WECOM, side), "x")


def test_a_robot_that_is_silent_or_away_has_not_sent(closed_port: int) -> None:
    with servers.web(slow=1.2) as side:
        assert "没有回应" in couriers.speak(here(Kind.FEISHU, side), "x")
    gone = servers.Web(url=f"http://127.0.0.1:{closed_port}")
    assert "连不上" in couriers.speak(here(Kind.FEISHU, gone), "x")


# mail


def test_a_letter_reaches_every_recipient_with_title_lines_and_address() -> None:
    with servers.post() as side:
        assert send(channel("mail", f"smtp://127.0.0.1:{side.port}/li@plant.cn,wang@plant.cn"), LATE) == Sent(True)
    assert [to for to, _ in side.letters] == [["li@plant.cn"], ["wang@plant.cn"]]
    letter = side.letters[0][1]
    assert letter["Subject"] == "【熔炉】隐患 #12 超期 3 天"
    assert letter["From"] == "熔炉 <li@plant.cn>"
    said = letter.get_body(("plain",)).get_content()
    assert [line.strip() for line in said.strip().splitlines()] == [*LATE.lines, LATE.url]


def test_one_refused_recipient_is_told_and_the_other_still_gets_his_letter() -> None:
    with servers.post(refuses=("li@plant.cn",)) as side:
        sent = send(channel("mail", f"smtp://127.0.0.1:{side.port}/li@plant.cn,wang@plant.cn"), LATE)
    assert not sent.ok and "有收件人没有收到" in sent.detail and "li@" not in sent.detail
    assert [to for to, _ in side.letters] == [["wang@plant.cn"]]


def test_no_mail_server_is_told(closed_port: int) -> None:
    assert "邮件服务器" in send(channel("mail", f"smtp://127.0.0.1:{closed_port}/li@plant.cn"), LATE).detail


def test_account_and_password_are_taken_as_written_whatever_signs_they_have() -> None:
    made = couriers.letter(channel("mail", ADDRESSES[Kind.MAIL]))
    assert (made.user, made.password) == ("notice@plant.cn", "pw/?#@%41s3cr3t")
    assert (made.smtp_host, made.port, made.secure_mode) == ("smtp.plant.cn", 465, "ssl")
    assert made.from_addr[1] == "notice@plant.cn" and [to for _, to in made.targets] == ["li@plant.cn", "wang@plant.cn"]


@pytest.mark.parametrize(
    ("scheme", "mode", "port"), [("smtp", "insecure", 25), ("smtp+tls", "starttls", 587), ("smtps", "ssl", 465)]
)
def test_the_scheme_says_how_the_way_is_sealed(scheme: str, mode: str, port: int) -> None:
    made = couriers.letter(channel("mail", f"{scheme}://post.plant.cn/li@plant.cn"))
    assert (made.secure_mode, made.port, made.verify_certificate) == (mode, port, True)


# never more than an answer, never an address in a log


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_raised_and_no_address_is_logged_whatever_breaks(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(ADDRESSES[kind])

    monkeypatch.setattr(couriers, "knock", broken)
    monkeypatch.setattr(couriers, "post", broken)
    with caplog.at_level(logging.DEBUG):
        sent = send(channel(kind, ADDRESSES[kind]), LATE)
    assert not sent.ok and "程序出错" in sent.detail
    assert "s3cr3t" not in caplog.text + sent.detail and "RuntimeError" in caplog.text


def test_a_sent_and_a_failed_message_leave_no_address_in_the_log(
    caplog: pytest.LogCaptureFixture, closed_port: int
) -> None:
    with caplog.at_level(logging.DEBUG), servers.web(answer={"errcode": 0}) as side, servers.post() as office:
        send(channel("hook", f"{side.url}/s3cr3t"), LATE)
        couriers.speak(here(Kind.WECOM, side), "x")
        send(channel("hook", f"http://127.0.0.1:{closed_port}/s3cr3t"), LATE)
        send(channel("mail", f"smtp://user:s3cr3t@127.0.0.1:{office.port}/s3cr3t@plant.cn"), LATE)
    assert "s3cr3t" not in caplog.text


# the text


def test_the_house_comes_first_and_the_address_last() -> None:
    assert plain(LATE) == "【熔炉】隐患 #12 超期 3 天\n护栏松动，2 号槽面\n责任人：李班长\nhttp://10.0.0.1/cases/12/"


def test_a_long_list_is_cut_to_what_the_strictest_robot_takes_and_says_how_much_is_missing() -> None:
    text = plain(Message("待办", tuple(f"第 {n} 件：护栏松动，人员靠近有坠落危险" for n in range(200)), LATE.url))
    shown = text.count("第 ")
    assert len(text.encode()) <= channels.MOST_BYTES < len(text.encode()) + 100
    assert text.endswith(f"……另有 {200 - shown} 条，请打开查看\n{LATE.url}")


def test_one_endless_line_is_cut_between_characters() -> None:
    text = plain(Message("长" * 5000, ("文" * 5000,), LATE.url))
    assert len(text.encode()) <= channels.MOST_BYTES and text.endswith(LATE.url) and "长…" in text


# what a web process carries


def test_looking_at_an_address_does_not_load_the_messaging_library() -> None:
    program = (
        "import sys; from ronglu.exchange import channels, documents, labels_pdf, ledger_pdf, pictures; "
        "channels.channel('hook', 'http://10.0.0.8/x'); "
        "print(sorted({'apprise', 'requests', 'PIL', 'weasyprint', 'segno', 'smtplib'} & set(sys.modules)))"
    )
    source = Path(channels.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": str(source)}
    )
    assert done.stdout.strip() == "[]", done.stderr
