"""Keys for machines: issued once in clear, kept as a digest, for named scopes and a limited time, revocable at once."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from ronglu.store.models import Account, ApiToken
from ronglu.work import audits

SCOPES = {
    "readings:read": "读读数",
    "readings:write": "写读数",
    "results:read": "读结果",
    "org:read": "读组织",
    "cases:read": "读事项",
    "cases:write": "提事项",
}
PREFIX = "rl_"
LONGEST_DAYS = 366


class TokenProblem(ValueError):
    """令牌不成立。"""


@transaction.atomic
def issue(
    *, account: Account, name: str, scopes: Sequence[str], days: int, by: Account, at: dt.datetime
) -> tuple[ApiToken, str]:
    """The token and its secret; the secret is not kept and can't be shown again."""
    if unknown := set(scopes) - set(SCOPES):
        raise TokenProblem(f"没有这样的令牌范围：{'、'.join(sorted(unknown))}；可用的是{'、'.join(SCOPES)}")
    if not scopes:
        raise TokenProblem("至少选一个范围")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenProblem(f"有效天数应在 1 到 {LONGEST_DAYS} 之间，给的是 {days}")
    if not name.strip():
        raise TokenProblem("请写用途，日后才知道该收回哪一个")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        name=name.strip()[:80],
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + dt.timedelta(days=days),
    )
    audits.record(
        verb="tokens.issue",
        by=by,
        at=at,
        subject=account.staff_no,
        detail={"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at.isoformat()},
    )
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, by: Account, at: dt.datetime) -> bool:
    """Whether this call revoked it; a second one changes nothing."""
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    if changed:
        audits.record(verb="tokens.revoke", by=by, at=at, subject=token.account.staff_no, detail={"name": token.name})
    return bool(changed)


def find(*, secret: str, at: dt.datetime) -> ApiToken | None:
    """The token in force with this secret, of an account in use; looked up by digest, so no comparison leaks time."""
    return (
        ApiToken.objects.select_related("account__person")
        .filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=at, account__is_active=True)
        .filter(account__must_change=False)
        .first()
    )


def of(*, account: Account) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(account=account)


def digest_of(secret: str) -> str:
    """A plain hash is enough: the secret itself has 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
