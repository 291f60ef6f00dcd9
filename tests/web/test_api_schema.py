"""Random requests made from the API's own description: it never breaks, and answers only what it declares."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as bounded
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks as declared

from ronglu.web.api.docs import operations, schema
from ronglu.work import tokens
from tests.cast import AT, Cast, cast  # noqa: F401

CHECKS = [
    schemathesis.checks.not_a_server_error,
    declared.status_code_conformance,
    declared.content_type_conformance,
    declared.response_schema_conformance,
]
# an operation and mode: some hundred requests in all, in seconds
EXAMPLES = 20
OPERATIONS = [(one.method, one.path) for one in operations()]
# where these stand in a request, random text would only ever be "not found"
KNOWN = {
    "unit": "QL-R1",
    "plant": "qinglan",
    "body": "QL-B1",
    "item": "D2",
    "code": "SM-02",
    "month": "2026-03",
    "loop": "hazard",
}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server's own end of a request would close the connection that the test's transaction lives on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_random_requests_get_declared_answers(
    cast: Cast, settings: "object", method: str, path: str, mode: GenerationMode
) -> None:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    account = cast.account["周统计员"]
    _, secret = tokens.issue(account=account, name="试", scopes=list(tokens.SCOPES), days=9, by=account, at=AT)
    loaded = schemathesis.openapi.from_dict(schema())
    loaded.app = get_wsgi_application()
    seen: list[int] = []

    @seed(20260310)
    @bounded(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=loaded[path][method].as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        if mode is GenerationMode.POSITIVE and len(seen) % 2:
            _aim(case)
        response = case.call(headers={"Authorization": f"Bearer {secret}"})
        seen.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    assert len(seen) >= 5
    # 401: an unfitting request may spoil the token too
    assert set(seen) <= {200, 401, 403, 404, 409, 422}


def _aim(case: Case) -> None:
    """Every second fitting request asks for something that exists."""
    for given_here in (case.path_parameters, case.query):
        for name in set(given_here or ()) & set(KNOWN):
            given_here[name] = KNOWN[name]
