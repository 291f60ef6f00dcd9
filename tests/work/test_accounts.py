"""Accounts: opened in bulk all or nothing, reset in person, never with more power than one of three administrators."""

import re

import pytest
from django.contrib.auth import authenticate
from django.test import override_settings

from ronglu.store.models import Account, AuditEntry, Person
from ronglu.work import accounts
from ronglu.work.accounts import AccountProblem, RowsRefused
from tests.cast import AT, PASSWORD, Cast, cast  # noqa: F401


@pytest.fixture
def newcomers(cast: Cast) -> list[dict[str, str]]:
    for number, name in (("20201", "新工甲"), ("20202", "新工乙")):
        Person.objects.create(plant=cast.plant, staff_no=number, name=name)
    return [{"工号": "20201", "姓名": "新工甲"}, {"工号": "20202", "姓名": "新工乙"}]


def open_them(cast: Cast, rows: list[dict[str, str]]) -> accounts.Opened:
    return accounts.import_rows(rows=rows, plant=cast.plant, by=cast.account["系统管理员"], at=AT)


def test_rows_open_accounts_with_one_time_passwords_that_work_once_changed(
    cast: Cast, newcomers: list[dict[str, str]]
) -> None:
    opened = open_them(cast, newcomers)
    assert [one.account.staff_no for one in opened.issued] == ["20201", "20202"]
    first = Account.objects.get(staff_no="20201")
    assert first.person.name == "新工甲" and first.must_change  # type: ignore[union-attr]
    assert first.check_password(opened.issued[0].password)
    assert not first.check_password(opened.issued[1].password)


def test_the_same_rows_again_change_nothing(cast: Cast, newcomers: list[dict[str, str]]) -> None:
    open_them(cast, newcomers)
    before = list(Account.objects.order_by("pk").values())
    again = open_them(cast, newcomers)
    assert (again.issued, again.unchanged) == ((), 2)
    assert list(Account.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(verb="accounts.import").count() == 1


def test_one_wrong_row_keeps_all_out_and_every_fault_is_named(cast: Cast, newcomers: list[dict[str, str]]) -> None:
    count = Account.objects.count()
    wrong = [
        *newcomers,
        {"工号": "99999", "姓名": "某"},
        {"工号": "20202", "姓名": "新工丙"},
        {"工号": " ", "姓名": "某"},
    ]
    with pytest.raises(RowsRefused) as caught:
        open_them(cast, wrong)
    assert [(one.row, one.column) for one in caught.value.problems] == [(3, "工号"), (4, "姓名"), (5, "工号")]
    assert str(caught.value.problems[0]) == "第 3 行“工号”：青岚冶炼厂花名册里没有 99999；先导入花名册，或改正工号"
    assert Account.objects.count() == count


def test_a_person_of_the_neighbour_gets_no_account_through_our_rows(cast: Cast) -> None:
    with pytest.raises(RowsRefused):
        open_them(cast, [{"工号": "30101"}])


def test_eight_hundred_accounts_do_not_cost_eight_hundred_slow_hashes() -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        hashed = accounts._quick_hash("abcd-efgh-jkmn")
        assert hashed.split("$")[:2] == ["pbkdf2_sha256", "1000"]


def test_the_first_log_in_replaces_the_quick_hash(cast: Cast, newcomers: list[dict[str, str]]) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        issued = open_them(cast, newcomers).issued[0]
        assert Account.objects.get(pk=issued.account.pk).check_password(issued.password)
        stored = Account.objects.get(pk=issued.account.pk).password
    assert int(stored.split("$")[1]) > 100_000


def test_one_time_passwords_are_long_readable_and_different() -> None:
    made = {accounts.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}", one) for one in made)


def test_a_reset_ends_the_old_password_and_is_in_the_trail_without_the_new_one(cast: Cast) -> None:
    account = cast.account["李班长"]
    before = account.get_session_auth_hash()
    issued = accounts.reset(account=account, by=cast.account["系统管理员"], at=AT)
    account.refresh_from_db()
    assert account.must_change and not account.check_password(PASSWORD) and account.check_password(issued.password)
    assert account.get_session_auth_hash() != before  # every session of his ends
    entry = AuditEntry.objects.get(verb="accounts.reset")
    assert (entry.subject, entry.account.staff_no) == ("20101", "adm-system_admin")  # type: ignore[union-attr]
    assert issued.password not in str(entry.detail)


def test_nobody_resets_disables_or_promotes_himself(cast: Cast) -> None:
    me = cast.account["系统管理员"]
    with pytest.raises(AccountProblem, match="不能重置自己的口令"):
        accounts.reset(account=me, by=me, at=AT)
    with pytest.raises(AccountProblem, match="不能停用或启用自己的账号"):
        accounts.set_active(account=me, active=False, by=me, at=AT)
    with pytest.raises(AccountProblem, match="不能给自己授予"):
        accounts.set_roles(account=me, held=["auditor"], by=me, at=AT)


@pytest.mark.parametrize(
    ("name", "held", "says"),
    [
        ("审计员", ["auditor", "system_admin"], "三权分立"),
        ("孙干事", ["system_admin"], "三权分立"),
        ("集团", ["king"], "没有这样的账号角色：king"),
        ("集团", ["party_office"], "没有这样的账号角色：party_office"),
    ],
)
def test_powers_stay_apart(cast: Cast, name: str, held: list[str], says: str) -> None:
    before = cast.account[name].roles
    with pytest.raises(AccountProblem, match=says):
        accounts.set_roles(account=cast.account[name], held=held, by=cast.account["安全管理员"], at=AT)
    assert Account.objects.get(pk=cast.account[name].pk).roles == before


def test_roles_given_are_in_the_trail_with_before_and_after(cast: Cast) -> None:
    accounts.set_roles(account=cast.account["孙干事"], held=["group_reader"], by=cast.account["安全管理员"], at=AT)
    assert AuditEntry.objects.get(verb="permissions.set").detail == {"before": [], "after": ["group_reader"]}


@pytest.mark.parametrize("password", ["short1", "12345678", "password", PASSWORD])
def test_weak_or_unchanged_passwords_are_refused(cast: Cast, password: str) -> None:
    with pytest.raises(AccountProblem):
        accounts.change_password(account=cast.account["李班长"], password=password, at=AT)
    assert Account.objects.get(staff_no="20101").check_password(PASSWORD)


def test_a_password_like_the_staff_number_is_refused(cast: Cast) -> None:
    Account.objects.filter(pk=cast.account["李班长"].pk).update(staff_no="gonghao20101")
    cast.account["李班长"].refresh_from_db()
    with pytest.raises(AccountProblem):
        accounts.change_password(account=cast.account["李班长"], password="gonghao20101x", at=AT)


def test_an_account_out_of_use_cannot_log_in(cast: Cast, rf: "object") -> None:
    accounts.set_active(account=cast.account["李班长"], active=False, by=cast.account["系统管理员"], at=AT)
    request = rf.post("/login/")  # type: ignore[attr-defined]
    assert authenticate(request, username="20101", password=PASSWORD) is None
