"""一票否决: evidence, a second person, and a reason when it is lifted."""

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, VetoMark
from ronglu.work import vetoes
from ronglu.work.vetoes import VetoProblem
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.web.scored import scored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(cast: Cast) -> None:
    scored(cast)


def enter(cast: Cast, *, reason: str = "falsified", evidence: str = "核查结论 3 号") -> VetoMark:
    return vetoes.enter(
        body=cast.body["QL-B1"], month=Period.month(2026, 3), reason=reason, evidence=evidence,
        by=cast.account["孙干事"], at=AT,
    )  # fmt: skip


def test_a_veto_is_approved_by_another(cast: Cast) -> None:
    veto = enter(cast)
    assert veto.approved_by is None
    with pytest.raises(VetoProblem, match="不能自己批准"):
        vetoes.approve(veto=veto, by=cast.account["孙干事"], at=AT)
    assert vetoes.approve(veto=veto, by=cast.account["高书记"], at=AT).approved_by == cast.account["高书记"]
    with pytest.raises(VetoProblem, match="已经批准过"):
        vetoes.approve(veto=veto, by=cast.account["高书记"], at=AT)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"reason": "late"}, "不在否决清单里"),
        ({"evidence": ""}, "请写明证据"),
        ({"evidence": "长" * 401}, "最多 400 字"),
    ],
)
def test_a_veto_without_ground_is_refused(cast: Cast, how: dict[str, str], words: str) -> None:
    with pytest.raises(VetoProblem, match=words):
        enter(cast, **how)


def test_the_same_matter_counts_once(cast: Cast) -> None:
    enter(cast)
    with pytest.raises(VetoProblem, match="已经提出过“数据造假”"):
        enter(cast)


def test_a_lifted_veto_stays_in_the_trail_with_its_reason(cast: Cast) -> None:
    veto = enter(cast)
    with pytest.raises(VetoProblem, match="为什么撤销"):
        vetoes.withdraw(veto=veto, reason="", by=cast.account["高书记"], at=AT)
    vetoes.withdraw(veto=veto, reason="申诉成立", by=cast.account["高书记"], at=AT)
    assert VetoMark.objects.count() == 0
    assert AuditEntry.objects.get(verb="vetoes.withdraw").detail == {"evidence": "核查结论 3 号", "why": "申诉成立"}
