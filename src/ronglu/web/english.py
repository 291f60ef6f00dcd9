"""What an English page shows or reads out and was composed below it, said in English on the way out (web/said.py).

Values of fields and scripts are left alone; pages in Chinese, files and answers to machines pass untouched.
"""

import html
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ronglu.web.said import english

# what is run, typed or written as it stands is passed over as a whole; the rest stands between two tags or is an attribute for people
SHOWN = re.compile(
    r"(?s:<(script|style|textarea|pre)\b.*?</\1>)"
    r"|>([^<>]*[\u3400-\u9fff][^<>]*)<"
    r'|(?<= )((?:aria-label|title|alt|placeholder)=")([^"<>]*[\u3400-\u9fff][^"<>]*)"'
)


class EnglishMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if get_language() == "en" and kind.startswith("text/html") and not response.streaming:
            response.content = SHOWN.sub(shown, response.content.decode(response.charset))
        return response


def shown(found: re.Match[str]) -> str:
    """A text between two tags with the blanks around it as they were, or an attribute."""
    if found[3]:
        return f'{found[3]}{html.escape(english(html.unescape(found[4])))}"'
    text = html.unescape(found[2] or "")
    bare = text.strip()
    told = english(bare)
    return found[0] if told == bare else f">{html.escape(text.replace(bare, told))}<"
