"""Every answer that is not the wished one has one shape: {code, message, where}."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from ronglu.web.said import said
from ronglu.work.scope import Refused


class Problem(Schema):
    code: str = Field(description="不变的代码，给程序看")
    message: str = Field(description="哪里不对、应当怎样，给人看")
    where: str = Field(default="", description="出错的位置，如 body.rows[3].value")


class Fault(Exception):
    def __init__(self, status: int, code: str, message: str, where: str = "") -> None:
        self.status, self.code, self.message, self.where = status, code, message, where
        super().__init__(message)


def not_found(what: str, where: str) -> Fault:
    """Also what exists outside the reader's scope."""
    return Fault(404, "not_found", f"没有这个{what}，或不在范围内", where)


ANSWERS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


def install(api: NinjaAPI) -> None:
    def say(request: HttpRequest, status: int, code: str, message: str, where: str = "") -> HttpResponse:
        return api.create_response(request, {"code": code, "message": said(message), "where": where}, status=status)

    @api.exception_handler(Fault)
    def _fault(request: HttpRequest, fault: Fault) -> HttpResponse:
        return say(request, fault.status, fault.code, fault.message, fault.where)

    @api.exception_handler(AuthenticationError)
    def _stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        response = say(
            request, 401, "token_needed", "需要有效的令牌：Authorization: Bearer rl_…", "header.Authorization"
        )
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Refused)
    def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
        if error.refusal.hidden:
            return say(request, 404, "not_found", "没有这个对象，或不在范围内")
        return say(request, 403, "refused", error.refusal.reason)

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0]
        message = first["msg"].removeprefix("Value error, ")
        return say(request, 422, "invalid", message, _where(first["loc"]))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        # the only one raised by the framework: a body that is not JSON
        return say(request, 422, "not_json", "请求体不是合格的 JSON", "body")

    @api.exception_handler(RequestDataTooBig)
    def _big(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
        return say(request, 422, "too_big", "一次给得太多，请分批", "body")

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, _error: Http404) -> HttpResponse:
        return say(request, 404, "not_found", "没有这个地址")


def _where(location: tuple[Any, ...]) -> str:
    """("body", "given", "rows", 3, "value") → body.rows[3].value; the name of our own parameter is left out."""
    parts = [part for part in location if part != "given"]
    text = str(parts[0]) if parts else ""
    for part in parts[1:]:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text
