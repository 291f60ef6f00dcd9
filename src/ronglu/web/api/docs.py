"""The description of the API: as OpenAPI for machines, and as a page for people, made from the same."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from ronglu.web.access import page
from ronglu.web.api.app import api
from ronglu.web.api.errors import Problem
from ronglu.web.said import said
from ronglu.work.tokens import SCOPES


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    place: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    says: str
    inputs: tuple[Input, ...]
    answers: tuple[str, ...]


@cache
def schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


@page()
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@page()
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": operations(), "token_scopes": SCOPES})


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address under /api/ that does not exist is answered in the API's own shape."""
    problem = Problem(code="not_found", message=said("没有这个地址"), where="path")
    return JsonResponse(problem.dict(), status=404)


def operations() -> tuple[Operation, ...]:
    return tuple(
        Operation(
            method=method.upper(),
            path=path,
            summary=entry.get("summary", ""),
            says=entry.get("description", ""),
            inputs=tuple(_inputs(entry)),
            answers=tuple(str(code) for code in entry["responses"]),
        )
        for path, methods in schema()["paths"].items()
        for method, entry in methods.items()
    )


def _inputs(entry: dict[str, Any]) -> list[Input]:
    found = [
        Input(one["name"], one["in"], _kind(one["schema"]), one.get("required", False), _says(one))
        for one in entry.get("parameters", ())
    ]
    body = entry.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return found + (_fields(body, "") if body else [])


def _fields(given: dict[str, Any], before: str) -> list[Input]:
    """The fields of a body, lists of objects unfolded."""
    given = _resolved(given)
    found: list[Input] = []
    for name, field in given.get("properties", {}).items():
        found.append(Input(before + name, "body", _kind(field), name in given.get("required", ()), _says(field)))
        if field.get("type") == "array":
            found += _fields(field["items"], f"{before}{name}[].")
    return found


def _resolved(given: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in given:
        return dict(schema()["components"]["schemas"][given["$ref"].rpartition("/")[2]])
    return given


def _kind(given: dict[str, Any]) -> str:
    if "anyOf" in given:
        return " | ".join(dict.fromkeys(_kind(one) for one in given["anyOf"]))
    return str(given.get("format") or given.get("type") or _resolved(given).get("type", ""))


def _says(given: dict[str, Any]) -> str:
    return str(given.get("description") or given.get("schema", {}).get("description", ""))
