"""Every address × every role: the table says who, the server must agree; an address nobody wrote a rule for fails here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse

from ronglu.store.models import AuditEntry
from ronglu.web import menu
from ronglu.web.access import Access
from ronglu.web.inbox.badge import badge
from ronglu.work.roles import roles
from ronglu.work.scope import scope_of
from tests.cast import OFFICERS, PEOPLE, Cast, cast  # noqa: F401
from tests.web.access_table import EVERYBODY, RULES, WHO, Rule

NAMES = [*PEOPLE, *OFFICERS]


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def by_session() -> list[URLPattern]:
    return [one for one in patterns() if not getattr(getattr(one.callback, "access", None), "token", False)]


def test_every_address_has_a_rule_in_the_code_and_one_in_the_table() -> None:
    bare = [str(one.pattern) for one in patterns() if not isinstance(getattr(one.callback, "access", None), Access)]
    assert bare == []
    names = {one.name for one in by_session()}
    assert names - set(RULES) == set(), "write who may open it in tests/web/access_table.py"
    assert set(RULES) - names == set(), "these addresses are gone"


def test_the_code_asks_for_the_verb_that_the_table_names() -> None:
    asked = {one.name: (one.callback.access.verb, one.callback.access.public) for one in by_session()}
    assert asked == {name: (rule.verb, rule.public) for name, rule in RULES.items()}


def test_the_table_knows_every_verb_and_every_one_of_the_cast() -> None:
    assert set(WHO) - {""} == set(roles().verbs)
    assert EVERYBODY | {"外人"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_role_holds_exactly_the_verbs_of_the_table(cast: Cast, name: str) -> None:
    scope = cast.scope(name)
    held = {verb for verb in roles().verbs if scope.may(verb) is None}
    assert held == {verb for verb, who in WHO.items() if verb and name in who}


def expected(rule: Rule, name: str) -> int:
    if name in rule.blind:
        return 404
    if rule.public or name in WHO[rule.verb]:
        return rule.ok
    return 404 if name == "外人" else 403


@pytest.fixture
def standing_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred pages are asked for, and nobody's post changes between them: how far it reaches, and how many things wait,
    is worked out on the first of them only. Everything else is done for each, the page itself above all."""
    monkeypatch.setattr("ronglu.web.middleware.scope_of", once(scope_of, lambda account, on: (account.pk, on)))
    monkeypatch.setattr("ronglu.web.context.badge", once(badge, lambda scope: scope.account_id))


def once(work: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    done: dict[Any, Any] = {}

    def found(*given: Any, **named: Any) -> Any:
        which = key(*given, **named)
        if which not in done:
            done[which] = work(*given, **named)
        return done[which]

    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_address_answers_each_role_as_the_table_says(
    cast: Cast, client: Client, name: str, standing_still: None
) -> None:
    cast.login(client, name)
    got = {page: client.get(reverse(page, kwargs=rule.kwargs(cast))).status_code for page, rule in RULES.items()}
    assert got == {page: expected(rule, name) for page, rule in RULES.items()}


def test_a_stranger_is_sent_to_the_log_in_from_everywhere(cast: Cast, client: Client) -> None:
    for page, rule in RULES.items():
        url = reverse(page, kwargs=rule.kwargs(cast))
        response = client.get(url)
        if rule.public:
            assert response.status_code in (200, rule.ok, 405), page
        else:
            assert response.status_code == 302 and response["Location"].startswith(reverse("login")), page


def test_a_stranger_in_htmx_sends_the_whole_page_to_the_log_in(cast: Cast, client: Client) -> None:
    response = client.get(reverse("search"), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, reverse("login"))


def unguarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open to all by mistake")


urlpatterns: list[Any] = [path("oops/", unguarded, name="oops"), path("", include("ronglu.web.urls"))]


@pytest.mark.urls("tests.web.test_access")
def test_a_page_without_a_rule_is_shown_to_nobody(cast: Cast, client: Client) -> None:
    assert client.get("/oops/").status_code == 404
    assert cast.login(client, "孙干事").get("/oops/").status_code == 404


def test_a_refusal_says_why_and_who_could(cast: Cast, client: Client) -> None:
    response = cast.login(client, "李班长").get(reverse("accounts"))
    assert response.status_code == 403
    assert "管理账号：您的角色没有这项权限，可找系统管理员" in response.content.decode()


def test_a_refused_administrators_page_is_in_the_trail(cast: Cast, client: Client) -> None:
    cast.login(client, "李班长").get(reverse("permissions"))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.outcome, entry.account) == ("permissions.manage", "refused", cast.account["李班长"])


def test_the_menu_shows_only_what_opens(cast: Cast, client: Client) -> None:
    for name in ("李班长", "系统管理员", "审计员", "集团"):
        response = cast.login(client, name).get(reverse("feedback"))
        for entry in menu.shown(response.wsgi_request):
            assert client.get(entry.url).status_code == 200, (name, entry.url)


def test_the_auditors_menu_has_the_trail_and_the_crew_leaders_has_not(cast: Cast, client: Client) -> None:
    def urls(name: str) -> set[str]:
        return {entry.url for entry in menu.shown(cast.login(client, name).get(reverse("feedback")).wsgi_request)}

    assert reverse("audit") in urls("审计员")
    assert not {reverse("audit"), reverse("accounts"), reverse("permissions")} & urls("李班长")
