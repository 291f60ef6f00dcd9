"""Tables that are only added to: what was written down stays as it was."""

from typing import Any, NoReturn

from django.db import models


class OnlyAdded(TypeError):
    """这张表只增不改。"""


class AppendOnly(models.QuerySet):  # type: ignore[type-arg]
    """Refuses the two ways in which code changes rows by mistake; restoring a backup adds rows and is free to."""

    def update(self, **values: Any) -> NoReturn:
        raise OnlyAdded(f"{self.model._meta.verbose_name}只增不改：请另写一行，不要改 {sorted(values)}")

    def delete(self) -> NoReturn:
        raise OnlyAdded(f"{self.model._meta.verbose_name}只增不删")
