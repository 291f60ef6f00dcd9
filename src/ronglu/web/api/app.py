"""The API put together: its parser, its errors, its addresses."""

import json
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser

from ronglu.web.api import cases, errors, feeds, org, readings, results
from ronglu.web.api.auth import Bearer
from ronglu.web.api.schemas import Exact


class ExactParser(Parser):
    """JSON whose numbers stay what was written: no float is ever made; NaN and Infinity are not JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_float=Exact, parse_constant=_refuse)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} 不是 JSON")


api = NinjaAPI(
    title="熔炉 Ronglu",
    version="1.0",
    description="范围与网页一致，并受令牌的范围限制。每个错误都是 {code, message, where}。",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=Bearer(),
    parser=ExactParser(),
)
errors.install(api)
api.add_router("/readings", readings.router)
api.add_router("/feeds", feeds.router)
api.add_router("/org", org.router)
api.add_router("/cases", cases.router)
api.add_router("", results.router)
