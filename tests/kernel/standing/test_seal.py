"""The chain of seals: each covers what it names and the one before it."""

from dataclasses import replace

import pytest

from ronglu.kernel.canonical import canonical
from ronglu.kernel.standing.seal import FIRST, SealLink, faults, seal

MANIFESTS = [{"tables": {"results": {"rows": 2, "digest": "aa"}}}, {"tables": {}}, {"why": "补报"}]


def chain(algorithm: str = "sha256") -> list[SealLink]:
    links, previous = [], FIRST
    for number, manifest in enumerate(MANIFESTS, start=1):
        said = {
            "number": number,
            "kind": "month",
            "month": 202600 + number,
            "algorithm": algorithm,
            "manifest": manifest,
        }
        digest = seal(**said, previous=previous)
        links.append(SealLink(**said, previous=previous, digest=digest))
        previous = digest
    return links


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_chain_as_it_was_made_has_no_fault(algorithm: str) -> None:
    assert faults(chain(algorithm)) == []


def test_the_text_that_is_digested_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "锍"}) == canonical({"a": "锍", "b": 1}) == '{"a":"锍","b":1}'.encode()


@pytest.mark.parametrize(
    "change",
    [
        {"manifest": {"why": "改过"}}, {"month": 202699}, {"kind": "adjustment"}, {"algorithm": "sm3"}, {"algorithm": "md5"},
        {"previous": "f" * 64}, {"digest": "f" * 64},
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_link_is_found(change: dict[str, object]) -> None:
    links = chain()
    links[1] = replace(links[1], **change)
    found = faults(links)
    assert found
    assert all("第 2 号" in text or "第 3 号" in text for text in found)


def test_a_link_that_was_taken_out_is_found() -> None:
    first, _, third = chain()
    assert faults([first, third]) == [
        "第 3 号封存（2026-03）：编号不连续，这里应为第 2 号", "第 3 号封存（2026-03）：记下的前一摘要与前一号不符",
    ]  # fmt: skip


def test_a_digest_kept_outside_finds_what_the_chain_alone_cannot_tell() -> None:
    """The last link cut off, or the whole chain made anew, looks sound from inside."""
    whole = chain()
    kept = whole[1].digest
    assert faults(whole, head=kept) == []
    assert faults(whole[:1]) == []
    assert kept in faults(whole[:1], head=kept)[0]
    assert faults([], head=kept)


def test_an_unknown_algorithm_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="sha256、sm3"):
        seal(number=1, kind="month", month=202601, algorithm="md5", manifest={}, previous=FIRST)
