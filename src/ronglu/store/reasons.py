"""Reasons that were accepted for what a rule missed, as the regulations look at them."""

from collections.abc import Mapping

from ronglu.store.models import Finding, Plant

Reasons = Mapping[str, Mapping[tuple[str, str], str]]
"""By subject ("body:12"), then by rule and part of the finding."""


def reasons(plant: Plant) -> dict[str, dict[tuple[str, str], str]]:
    """What somebody wrote down and nobody has taken back."""
    rows = Finding.objects.filter(plant=plant).exclude(reason="").values_list("rule", "subject", "reason")
    told: dict[str, dict[tuple[str, str], str]] = {}
    for rule, subject, reason in rows:
        kind, _, rest = subject.partition(":")
        key, _, part = rest.partition(":")
        told.setdefault(f"{kind}:{key}", {})[rule, part] = reason
    return told
