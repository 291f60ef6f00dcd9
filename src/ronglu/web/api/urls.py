"""/api/: version 1, its description, and an answer in its own shape for everything else."""

from typing import Any

from django.urls import URLPattern, path

from ronglu.web.access import Access
from ronglu.web.api.app import api
from ronglu.web.api.docs import docs, nowhere, openapi


def _by_token(pattern: Any) -> Any:
    """The API checks tokens itself; the middleware only wants to see that somebody thought of it."""
    pattern.callback.access = Access(token=True)
    return pattern


_patterns, _app, _namespace = api.urls
_lost: URLPattern = path("v1/<path:rest>", nowhere)

urlpatterns = [
    path("docs/", docs, name="api_docs"),
    path("v1/openapi.json", openapi, name="api_openapi"),
    path("v1/", ([_by_token(one) for one in _patterns], _app, _namespace)),
    _by_token(_lost),
]
