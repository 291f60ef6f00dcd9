"""Drafts of the shift terminal, sealed through a cut network: they arrive once, whole, and only their writer opens them."""

import base64
import json

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Case
from ronglu.web.kiosk import seal
from tests.cast import Cast, cast
from tests.web.terminals import DRAFT, HAZARD, known, moment, terminal, words

__all__ = ["cast", "moment", "terminal"]


def sealed(ticket: str, typed: dict[str, str]) -> str:
    """As the page's script does it."""
    pad = base64.b64decode(seal.read(ticket).pad)  # type: ignore[union-attr]
    plain = json.dumps(typed).encode()
    noise = bytes(a ^ b for a, b in zip(plain, pad, strict=False))
    return f"{base64.b64encode(noise).decode()}.{tag(noise, pad[-32:])}"


def tag(noise: bytes, keys: bytes) -> str:
    """Poly1305 as RFC 8439 writes it, with the whole keys and modulo the prime to the end."""
    point, shift, prime = int.from_bytes(keys[:16], "little"), int.from_bytes(keys[16:], "little"), 2**130 - 5
    blocks = [int.from_bytes(noise[at : at + 16] + b"\1", "little") for at in range(0, len(noise), 16)]
    return f"{(sum(one * pow(point, len(blocks) - no, prime) for no, one in enumerate(blocks)) + shift) % prime:x}"


def test_a_sealed_draft_arrives_after_its_writer_has_gone_and_only_once(cast: Cast, terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    terminal.post(reverse("kiosk_over"))
    known(terminal, "何组长")
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "kind": "fire", "what": "阀门漏氧"})}
    answers = [terminal.post(DRAFT, draft) for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    case = Case.objects.get()
    assert (case.raised_by, case.data["what"]) == (cast.person["李班长"], "阀门漏氧")


def test_a_draft_is_opened_for_its_writer_only(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "what": "写到一半"}), "open": "1"}
    known(terminal, "何组长")
    answer = terminal.post(DRAFT, draft)
    assert (answer.status_code, answer.content) == (409, b"")
    known(terminal)
    assert "写到一半" in words(terminal.post(DRAFT, draft))


def test_a_refused_draft_is_kept_for_its_writer(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    terminal.post(reverse("kiosk_over"))
    draft = {"ticket": ticket, "sealed": sealed(ticket, {"loop": "hazard", "what": "没有选哪一类"})}
    assert terminal.post(DRAFT, draft).status_code == 409
    assert not Case.objects.exists()


@pytest.mark.parametrize("ticket", ["", "made-up", "WzEsICJhYmMiXQ:1abc:xyz"])
def test_a_ticket_that_is_not_ours_brings_nothing_in(terminal: Client, ticket: str) -> None:
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": "AAAA"}).status_code == 410


@pytest.mark.parametrize("change", ["word", "tag", "no tag", "longer"])
def test_a_draft_changed_while_it_waited_is_refused(terminal: Client, change: str) -> None:
    """Whoever knows the form knows what stands where: without the tag he could turn one word into another."""
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    noise, _, mark = sealed(ticket, {"kind": "fire", "loop": "hazard", "what": "a"}).partition(".")
    other = bytearray(base64.b64decode(noise))
    other[10:14] = bytes(a ^ b ^ c for a, b, c in zip(other[10:14], b"fire", b"site", strict=True))
    changed = {
        "word": f"{base64.b64encode(other).decode()}.{mark}", "tag": f"{noise}.{int(mark, 16) ^ 1:x}", "no tag": noise,
        "longer": f"{base64.b64encode(base64.b64decode(noise) + b'0').decode()}.{mark}",
    }  # fmt: skip
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": changed[change]}).status_code == 410
    assert not Case.objects.exists()


def test_a_ticket_is_good_for_a_day(terminal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"].text
    noise = sealed(ticket, {"loop": "hazard", "kind": "fire"})
    assert seal.KEPT == 24 * 3600
    monkeypatch.setattr(seal, "KEPT", -1)
    assert terminal.post(DRAFT, {"ticket": ticket, "sealed": noise}).status_code == 410


def test_what_is_stored_can_be_read_by_nobody_without_the_servers_secret(terminal: Client) -> None:
    known(terminal)
    ticket = terminal.get(HAZARD).context["ticket"]
    noise = sealed(ticket.text, {"what": "a" * 60})
    assert len(set(base64.b64decode(noise.partition(".")[0]))) > 30 and seal.new(ticket.account).pad != ticket.pad
