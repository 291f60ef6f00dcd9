"""Accounts: opened in bulk, reset in person, closed, given roles. A one-time password is returned once and kept nowhere."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, PBKDF2PasswordHasher, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Account, Engagement, Person, Pin, Plant
from ronglu.work import audits
from ronglu.work.roles import ADMINISTRATORS, roles

# no characters that look alike on a printed slip: 0 O 1 l I
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# twelve of 31 letters are 59 bits: guessing them is hopeless even against a quick hash, so that opening
# 800 accounts takes seconds; the first log-in replaces the hash by a slow one
QUICK = 1_000


class AccountProblem(ValueError):
    """账号操作不成立。"""


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts from 1 in the rows given."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"第 {self.row} 行“{self.column}”：{self.what}"


class RowsRefused(AccountProblem):
    """一行有错，全部不入。"""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Issued:
    """An account just opened or reset, with the password that is shown this one time."""

    account: Account
    password: str


@dataclass(frozen=True, slots=True)
class Opened:
    issued: tuple[Issued, ...]
    unchanged: int


@transaction.atomic
def import_rows(*, rows: Sequence[Mapping[str, str]], plant: Plant, by: Account, at: dt.datetime) -> Opened:
    """Opens an account for every row (工号, and 姓名 to be compared); all or nothing, and the second time nothing.

    Raises RowsRefused with every problem. Persons must be in the plant's roster already: an account is not a person.
    """
    people = {person.staff_no: person for person in Person.objects.filter(plant=plant)}
    if problems := _problems(rows, people, plant):
        raise RowsRefused(problems)
    numbers = list(dict.fromkeys(row["工号"].strip() for row in rows))
    there = set(Account.objects.filter(staff_no__in=numbers).values_list("staff_no", flat=True))
    issued = [_new(number, people[number]) for number in numbers if number not in there]
    Account.objects.bulk_create([one.account for one in issued])
    if issued:
        audits.record(
            verb="accounts.import",
            by=by,
            at=at,
            plant=plant,
            subject=f"{len(issued)} 个账号",
            detail={"staff_no": [one.account.staff_no for one in issued]},
        )
    return Opened(tuple(issued), len(numbers) - len(issued))


def _problems(rows: Sequence[Mapping[str, str]], people: Mapping[str, Person], plant: Plant) -> list[Problem]:
    found: list[Problem] = []
    for no, row in enumerate(rows, 1):
        number, name = str(row.get("工号", "")).strip(), str(row.get("姓名", "")).strip()
        person = people.get(number)
        if not number:
            found.append(Problem(no, "工号", "没有填；每行要有一个工号"))
        elif person is None:
            found.append(Problem(no, "工号", f"{plant.name}花名册里没有 {number}；先导入花名册，或改正工号"))
        elif name and name != person.name:
            found.append(Problem(no, "姓名", f"花名册里 {number} 不是“{name}”；核对工号与姓名"))
    return found


def _new(staff_no: str, person: Person) -> Issued:
    password = one_time_password()
    return Issued(Account(staff_no=staff_no, person=person, password=_quick_hash(password), must_change=True), password)


@transaction.atomic
def prepare(*, plant: Plant, people: Sequence[Person], by: Account, at: dt.datetime) -> int:
    """Accounts without a password, for those who have none; `issue` gives the passwords to the hand that asks."""
    there = set(Account.objects.filter(person__in=people).values_list("person_id", flat=True))
    new = [
        Account(staff_no=one.staff_no, person=one, password=make_password(None))
        for one in people
        if one.pk not in there
    ]
    Account.objects.bulk_create(new)
    if new:
        detail = {"staff_no": [account.staff_no for account in new]}
        audits.record(verb="accounts.prepare", by=by, at=at, plant=plant, subject=f"{len(new)} 个账号", detail=detail)
    return len(new)


def unissued(*, plant: Plant) -> QuerySet[Account]:
    """Accounts that never had a password."""
    found = Account.objects.filter(person__plant=plant, password__startswith=UNUSABLE_PASSWORD_PREFIX, is_active=True)
    return found.select_related("person").order_by("staff_no")


def waiting_for_passwords() -> list[tuple[Plant, int]]:
    """Plants with accounts that never had a password, and how many."""
    never = Count("people__account", filter=Q(people__account__password__startswith=UNUSABLE_PASSWORD_PREFIX))
    return [(plant, plant.never) for plant in Plant.objects.annotate(never=never).filter(never__gt=0)]


@transaction.atomic
def issue(*, plant: Plant, by: Account, at: dt.datetime) -> tuple[Issued, ...]:
    """First passwords for all accounts that have none: returned once, kept nowhere, replaced at the first log-in."""
    issued = []
    for account in unissued(plant=plant).select_for_update(of=("self",)):
        password = one_time_password()
        account.password, account.must_change = _quick_hash(password), True
        issued.append(Issued(account, password))
    Account.objects.bulk_update([one.account for one in issued], ["password", "must_change"], batch_size=500)
    if issued:
        detail = {"staff_no": [one.account.staff_no for one in issued]}
        audits.record(verb="accounts.issue", by=by, at=at, plant=plant, subject=f"{len(issued)} 个账号", detail=detail)
    return tuple(issued)


@transaction.atomic
def open_one(
    *, staff_no: str, label: str, held: Sequence[str], by: Account | None, at: dt.datetime, password: str = ""
) -> Issued:
    """An account beside no person: an administrator, the group's reader, a shift terminal."""
    _check_roles(held, None)
    if Account.objects.filter(staff_no=staff_no).exists():
        raise AccountProblem(f"账号 {staff_no} 已存在")
    chosen = password or one_time_password()
    account = Account.objects.create_user(staff_no, chosen, label=label, roles=list(held), must_change=not password)
    audits.record(verb="accounts.open", by=by, at=at, subject=staff_no, detail={"roles": list(held)})
    return Issued(account, chosen)


@transaction.atomic
def reset(*, account: Account, by: Account, at: dt.datetime) -> Issued:
    """A new one-time password; every session of the account ends, since it hangs on the old hash. The terminal's PIN goes too."""
    if account.pk == by.pk:
        raise AccountProblem("不能重置自己的口令；用“改口令”，或请另一位系统管理员")
    password = one_time_password()
    account.password, account.must_change = _quick_hash(password), True
    account.save(update_fields=["password", "must_change"])
    Pin.objects.filter(account=account).delete()
    audits.record(verb="accounts.reset", by=by, at=at, subject=account.staff_no)
    return Issued(account, password)


@transaction.atomic
def change_password(*, account: Account, password: str, at: dt.datetime) -> None:
    """The owner's own choice; raises AccountProblem in words when the rules or the old password forbid it."""
    if account.check_password(password):
        raise AccountProblem("新口令和现在的一样，请换一个")
    try:
        validate_password(password, account)
    except ValidationError as refused:
        raise AccountProblem("；".join(refused.messages)) from refused
    account.set_password(password)
    account.must_change = False
    account.save(update_fields=["password", "must_change"])
    audits.record(verb="accounts.change_password", by=account, at=at, subject=account.staff_no)


@transaction.atomic
def set_active(*, account: Account, active: bool, by: Account, at: dt.datetime) -> None:
    if account.pk == by.pk:
        raise AccountProblem("不能停用或启用自己的账号")
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    audits.record(verb="accounts.enable" if active else "accounts.disable", by=by, at=at, subject=account.staff_no)


@transaction.atomic
def set_roles(*, account: Account, held: Sequence[str], by: Account, at: dt.datetime) -> None:
    """Roles that are not posts. The security administrator gives them; nobody gives himself one."""
    if account.pk == by.pk:
        raise AccountProblem("不能给自己授予或收回角色，请另一位安全管理员办理")
    _check_roles(held, account.person)
    before, account.roles = account.roles, list(held)
    account.save(update_fields=["roles"])
    audits.record(
        verb="permissions.set", by=by, at=at, subject=account.staff_no, detail={"before": before, "after": list(held)}
    )


def set_language(*, account: Account, language: str) -> None:
    """A taste, not a business write: no line in the trail."""
    Account.objects.filter(pk=account.pk).update(language=language)


def in_use(*, pk: int) -> Account | None:
    """A person's account that is not closed."""
    return Account.objects.select_related("person__plant").filter(pk=pk, is_active=True, person__isnull=False).first()


def listed(*, text: str = "", apart: bool = False) -> QuerySet[Account]:
    """What the administrators' pages list: by staff number or name; `apart` = only accounts beside no person."""
    found = Account.objects.select_related("person__plant").order_by("staff_no")
    if apart:
        found = found.filter(person=None)
    if text:
        found = found.filter(Q(staff_no__icontains=text) | Q(person__name__icontains=text) | Q(label__icontains=text))
    return found


def rows_without_account(*, plant: Plant, on: dt.date) -> list[dict[str, str]]:
    """Rows for `import_rows`: everybody who works in the plant that day and has no account yet."""
    working = Engagement.objects.on(on).filter(unit__plant=plant).values("person_id")
    people = Person.objects.filter(pk__in=working, account=None).order_by("staff_no")
    return [{"工号": number, "姓名": name} for number, name in people.values_list("staff_no", "name")]


def one_time_password() -> str:
    """Three groups of four, easy to read aloud: abcd-efgh-jkmn."""
    letters = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))


def _quick_hash(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=QUICK)
    return hasher.encode(password, hasher.salt())


def _check_roles(held: Sequence[str], person: Person | None) -> None:
    known = {role.code for role in roles().accounts}
    codes = {text.partition("@")[0] for text in held}
    if unknown := codes - known:
        raise AccountProblem(f"没有这样的账号角色：{'、'.join(sorted(unknown))}；可用的是{'、'.join(sorted(known))}")
    if "kiosk" in held:
        raise AccountProblem("交接终端要写明站在哪条产线：请系统管理员在“账号”页新开")
    if codes & ADMINISTRATORS and (len(codes) > 1 or person is not None):
        raise AccountProblem("系统管理员、安全管理员、审计员三权分立：一个账号只担一项，且不得是有业务的人员账号")
