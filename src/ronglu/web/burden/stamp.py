"""When a form was opened: a signed number in the form itself, which nobody keeps and which names nobody."""

import time

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

NAME = "_opened"
# an older one says nothing any more about how long filling in took
OLDEST = 12 * 3600
_signer = Signer(salt="ronglu.burden")


def text_of(request: HttpRequest) -> str:
    """The same for all forms of a page. A form that comes back with mistakes in it keeps the time of its first opening."""
    found: str | None = getattr(request, "opened", None)
    if found is None:
        found = request.POST.get(NAME, "") if request.method == "POST" else ""
        if _opened(found) is None:
            found = _signer.sign(str(_now()))
        request.opened = found  # type: ignore[attr-defined]
    return found


def seconds_since(request: HttpRequest) -> int | None:
    """None where the form brought no stamp of ours, or too old a one."""
    opened = _opened(request.POST.get(NAME, ""))
    if opened is None:
        return None
    passed = _now() - opened
    return passed if 0 <= passed <= OLDEST else None


def _now() -> int:
    return int(time.time())


def _opened(text: str) -> int | None:
    try:
        return int(_signer.unsign(text))
    except (BadSignature, ValueError):
        return None
