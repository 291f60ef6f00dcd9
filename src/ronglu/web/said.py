"""Sentences composed below the pages, said in English by their shape; the rooms that compose them know no languages.

`第 3 行：甲班不是日期` is found again as `第 {0} 行：{1}不是日期`, and what fills it is said in turn: names stay, words and
sentences are said. The API says its errors so; for pages web/english.py does it, so that no view has to think of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from django import template
from django.utils.translation import get_language, gettext

from ronglu.web.sayings import HAN, Saying, declared, fitting, mostly
from ronglu.web.words import named

register = template.Library()
# where sentences part, and how that looks in English
LINES = {re.compile("\n"): "\n", re.compile("："): ": "}
STOPS = {re.compile("(?<=。)"): " ", re.compile("；"): "; "}
LEADS = {re.compile(": "): ": ", re.compile("(?<=· )"): " "}  # a page's own words before it
ENDS = {re.compile("\n"): "\n"} | STOPS | LEADS
FEW = 6  # breaks at each of which alone a text is tried: some sentences have them in their midst
CLAUSE = re.compile(r"[，。；]")
LOOSE = re.compile(r"[，。；：“”\n]")
LISTS = {"、": ", ", "；": "; "}
NUMBER = re.compile(r"[\u3400-\u9fff]\d")
SHORT, NAME, LONGEST = 2, 5, 1_000  # words as short as these could mean anything, or be somebody's name


@register.filter
def said(text: object) -> str:
    """A sentence as the reader would say it; what was not composed here stays as it is."""
    return english(str(text)) if get_language() == "en" else str(text)


@lru_cache(maxsize=8192)
def english(text: str) -> str:
    if not HAN.search(text) or len(text) > LONGEST:
        return text
    if len(text) > SHORT and (word := _word(text, marked=len(text) > NAME)):
        return word
    if not any(one.certain for one in fitting(text)):
        return text
    if "\n" in text and (lines := _whole(text)):
        return lines
    partly = (told for told in (*_split(text, STOPS | LEADS, any), _named(text)) if not mostly(text, told))
    told = [*_split(text, ENDS, all), _whole(text), *_split(text, LINES, any), *partly]
    return min(filter(None, told), key=lambda one: len(HAN.findall(one)), default=_stopped(text))


def _split(text: str, breaks: Mapping[re.Pattern[str], str], enough: Callable[[Iterable[bool]], bool]) -> Iterator[str]:
    """Sentences said one by one: where all are known, or at least one of them is."""
    for mark, english_mark in breaks.items():
        found = list(mark.finditer(text))
        ways = [mark.split(text)] if len(found) > 1 else []
        ways += [[text[: one.start()], text[one.end() :]] for one in found if len(found) <= FEW]
        for pieces in ([each.strip() for each in way if each.strip()] for way in ways):
            if len(pieces) > 1 and enough(english(each) != each for each in pieces if HAN.search(each)):
                yield english_mark.join(_part(each).strip() for each in pieces)


def _named(text: str) -> str:
    """A name before a sentence, with nothing but a blank between them; else ""."""
    name, _blank, rest = text.partition(" ")
    return f"{_part(name)} {told}" if rest and (told := english(rest)) != rest else ""


def _stopped(text: str) -> str:
    """A sentence known without the stop at its end."""
    bare = text.removesuffix("。")
    return f"{told}." if bare != text and (told := english(bare)) != bare else text


def _whole(text: str, *, part: bool = False) -> str:
    """By the template that says most and fits all of it; "" if there is none. A part may be as short as `{0} 天`."""
    for saying in fitting(text):
        if (found := saying.parts(text)) is not None:
            parts = _shared(saying, found)
            known = [_part(each) for each in parts]
            told = saying.fill(known)
            strange = any(CLAUSE.search(each) and mostly(each, one) for each, one in zip(parts, known, strict=True))
            if saying.sure or (saying.certain and ("\n" in text or not strange)):
                return told
            if part and not HAN.search(told) and not LOOSE.search("".join(parts)):
                return told
    return ""


def _part(text: str) -> str:
    """What fills a hole: a declared or fixed word, a sentence again, a list of them, a name that stays."""
    if not HAN.search(text):
        return text.replace("、", ", ").replace("；", "; ")
    if word := _word(text):
        return word
    if (sentence := english(text)) != text:
        return sentence
    if words := _whole(text, part=True):
        return words
    for mark, english_mark in LISTS.items():
        if mark in text:
            return english_mark.join(_part(each.strip()) for each in text.split(mark))
    return text


def _word(text: str, *, marked: bool = True) -> str:
    """A fixed or declared word, or (`marked`) one of the pages' own texts; "" for what is none of them."""
    found = declared().get(text) or ("" if "（" in text else named(text)) or text
    return found if found != text else gettext(text) if text and marked and gettext(text) != text else ""


def _shared(saying: Saying, parts: list[str]) -> list[str]:
    """Two holes without a word between them share what stands there: a known word ends it, or a number after a name."""
    for place in range(len(parts) - 1):
        if not saying.fixed[place + 1]:
            both = parts[place] + parts[place + 1]
            ends = (at for at in range(1, len(both)) if _word(both[at:]) or NUMBER.match(both, at - 1))
            at = next(ends, 0)
            parts[place : place + 2] = [both[:at], both[at:]]
    return parts
