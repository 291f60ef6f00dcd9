"""Every page test may ask for `look`."""

import pytest

pytest.register_assert_rewrite("tests.web.pages")

from tests.web.pages import look, windows  # noqa: E402 the rewrite must come before the import

__all__ = ["look", "windows"]
