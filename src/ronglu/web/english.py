"""What an English page shows between its tags and was composed below it, said in English on the way out (web/said.py).

Attributes, fields and scripts are left alone; pages in Chinese, files and answers to machines pass untouched.
"""

import html
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ronglu.web.said import english

# what is run, typed or written as it stands is passed over as a whole; the rest is what stands between two tags
SHOWN = re.compile(r"(?s:<(script|style|textarea|pre)\b.*?</\1>)|>([^<>]*[\u3400-\u9fff][^<>]*)<")


class EnglishMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if get_language() == "en" and kind.startswith("text/html") and not response.streaming:
            response.content = SHOWN.sub(between, response.content.decode(response.charset))
        return response


def between(shown: re.Match[str]) -> str:
    """One text between two tags, with the blanks around it as they were."""
    text = html.unescape(shown[2] or "")
    bare = text.strip()
    told = english(bare)
    return shown[0] if told == bare else f">{html.escape(text.replace(bare, told))}<"
