"""Keys for machines: in clear once, then a digest; limited in what, in whose name and for how long."""

import datetime as dt

import pytest

from ronglu.store.models import Account, ApiToken, AuditEntry
from ronglu.work import tokens
from ronglu.work.tokens import TokenProblem
from tests.cast import AT, Cast, cast  # noqa: F401


def issue(cast: Cast, **change: object) -> tuple[ApiToken, str]:
    given: dict[str, object] = {"name": "化验室接口", "scopes": ["readings:write", "readings:read"], "days": 30}
    me = cast.account["周统计员"]
    return tokens.issue(account=me, by=me, at=AT, **(given | change))  # type: ignore[arg-type]


def test_only_the_digest_is_kept(cast: Cast) -> None:
    token, secret = issue(cast)
    row = ApiToken.objects.values().get(pk=token.pk)
    assert secret.startswith("rl_") and len(secret) == 46
    assert secret not in str(row) and secret not in str(list(AuditEntry.objects.values()))
    assert tokens.find(secret=secret, at=AT).pk == token.pk  # type: ignore[union-attr]
    assert tokens.find(secret=secret[:-1] + "x", at=AT) is None


def test_it_ends_on_its_day(cast: Cast) -> None:
    _, secret = issue(cast)
    assert tokens.find(secret=secret, at=AT + dt.timedelta(days=30, seconds=-1)) is not None
    assert tokens.find(secret=secret, at=AT + dt.timedelta(days=30)) is None


def test_revoked_is_over_at_once_and_the_second_revocation_changes_nothing(cast: Cast) -> None:
    token, secret = issue(cast)
    assert tokens.revoke(token=token, by=cast.account["周统计员"], at=AT)
    assert tokens.find(secret=secret, at=AT) is None
    assert not tokens.revoke(token=token, by=cast.account["周统计员"], at=AT + dt.timedelta(days=1))
    assert ApiToken.objects.get().revoked_at == AT
    assert AuditEntry.objects.filter(verb="tokens.revoke").count() == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change": True}])
def test_a_key_of_a_closed_or_reset_account_opens_nothing(cast: Cast, change: dict[str, bool]) -> None:
    _, secret = issue(cast)
    Account.objects.filter(staff_no="20105").update(**change)
    assert tokens.find(secret=secret, at=AT) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"scopes": ["readings:read", "accounts:write"]}, "accounts:write"),
        ({"scopes": []}, "至少选一个范围"),
        ({"days": 0}, "1 到 366"),
        ({"days": 367}, "1 到 366"),
        ({"name": "  "}, "请写用途"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, change: dict[str, object], says: str) -> None:
    with pytest.raises(TokenProblem, match=says):
        issue(cast, **change)
    assert not ApiToken.objects.exists()
