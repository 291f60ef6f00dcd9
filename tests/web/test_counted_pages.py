"""What a score counted, what asks for a veto, and the matrix of consequences, as people see them."""

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Case
from tests.boards.assessed import March, assess, cast, march  # noqa: F401
from tests.boards.test_explain_records import measured
from tests.cast import Cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.loops_cast import report, step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def counted(cast: Cast, march: March) -> None:
    """A measure kept, one broken, a major hazard long overdue; consequences of three hazards."""
    measured(cast, kept=True)
    measured(cast, kept=False)
    step(cast, report(cast).case, "赵安全员", "grade_major", board="厂级督办", stop="停 2# 炉")
    for case, (severity, potential) in zip(Case.objects.all(), (("1", "4"), ("1", "2"), ("3", "5")), strict=True):
        Case.objects.filter(pk=case.pk).update(data=case.data | {"severity": severity, "potential": potential})
    assess(march)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_records_the_question_and_the_matrix_fit(
    cast: Cast, counted: None, client: Client, look: Look, width: int
) -> None:
    cast.login(client, "孙干事")
    pages = {
        "counted": reverse("sheet_item", args=["2026-03", "QL-B1", "E1"]),
        "veto-asked": reverse("sheet_vetoes") + "?month=2026-03",
        "matrix": reverse("cases_matrix", args=["hazard"]),
    }
    for name, address in pages.items():
        check(look(address, width=width, cookies=client.cookies), name)
