"""The chain of seals: each names what it covers and the seal before it, so that no covered byte can change unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.canonical import canonical

ALGORITHMS = ("sha256", "sm3")
FIRST = "0" * 64
"""What stands before the first seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLink:
    """One seal as it is kept: its number from 1, what it covers, the digest before it, its own."""

    number: int
    kind: str
    month: int
    algorithm: str
    manifest: Mapping[str, Any]
    previous: str
    digest: str

    @property
    def name(self) -> str:
        return f"第 {self.number} 号封存（{self.month // 100}-{self.month % 100:02d}）"


def hasher(algorithm: str) -> Any:
    """SHA-256, or SM3 (GB/T 32905) where the plant asks for it; both give 64 hexadecimal digits."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"摘要算法应为 {'、'.join(ALGORITHMS)} 之一，现在是“{algorithm}”")
    return hashlib.new(algorithm)


def seal(*, number: int, kind: str, month: int, algorithm: str, manifest: Mapping[str, Any], previous: str) -> str:
    """The digest of one link; everything the link says goes in."""
    whole = hasher(algorithm)
    whole.update(canonical([number, kind, month, algorithm, previous, manifest]))
    return str(whole.hexdigest())


def faults(links: Iterable[SealLink], *, head: str = "") -> list[str]:
    """What is wrong with the chain itself, in words; `head` is a digest that was kept outside, of any month."""
    found, previous, digests = [], FIRST, []
    for expected, link in enumerate(links, start=1):
        if link.number != expected:
            found.append(f"{link.name}：编号不连续，这里应为第 {expected} 号")
        if link.previous != previous:
            found.append(f"{link.name}：记下的前一摘要与前一号不符")
        if _digest(link) != link.digest:
            found.append(f"{link.name}：封存清单与它的摘要不符")
        previous = link.digest
        digests.append(previous)
    if head and head not in digests:
        found.append(f"外存的链头摘要 {head} 不在链上：链上有 {len(digests)} 号，最后一号的摘要是 {previous}")
    return found


def _digest(link: SealLink) -> str:
    try:
        return seal(
            number=link.number, kind=link.kind, month=link.month, algorithm=link.algorithm, manifest=link.manifest,
            previous=link.previous,
        )  # fmt: skip
    except ValueError:
        return ""
