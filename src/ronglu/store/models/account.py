"""Who may log in: an account stands beside a person, it is not the person."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> "models.QuerySet[Account]":
        """With the person: every page names him, and it is the account that a request is read with."""
        return super().get_queryset().select_related("person")

    def create_user(self, staff_no: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(staff_no=staff_no, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(staff_no=username)


class Account(AbstractBaseUser):
    """`person` is empty for the three administrators and for shared terminals."""

    staff_no = models.CharField("工号", max_length=40, unique=True)
    person = models.OneToOneField("store.Person", models.PROTECT, null=True, blank=True, related_name="account")
    label = models.CharField("名称", max_length=80, blank=True)
    # roles that are not posts: system, security and audit administrators, the group's reader
    roles = models.JSONField("系统角色", default=list, blank=True)
    must_change = models.BooleanField("首次登录须改口令", default=True)
    is_active = models.BooleanField("启用", default=True)
    language = models.CharField("语言", max_length=10, default="zh-hans")

    # who was here when is nobody's business here (AF-1, D7); that someone logged in stands in the security log
    last_login = None

    objects = AccountManager()
    USERNAME_FIELD = "staff_no"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = "账号"
        ordering = ("staff_no",)

    def __str__(self) -> str:
        return self.label or self.staff_no


class ApiToken(models.Model):
    """A key for a machine or a script; only the digest of it is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField("范围", default=list)
    created_at = models.DateTimeField("发放于")
    expires_at = models.DateTimeField("到期于")
    revoked_at = models.DateTimeField("收回于", null=True, blank=True)

    class Meta:
        verbose_name = "接口令牌"
        ordering = ("-created_at",)
