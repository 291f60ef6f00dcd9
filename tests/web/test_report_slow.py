"""The first hazard on a weak network: from opening the scanned address to the claim code, by a script that taps as fast as a person."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from ronglu.store.models import Case
from tests.cast import make_cast
from tests.work.loops_cast import zone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 90
WEAK = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""400 kbit/s and 400 ms: what is left of a mobile network between furnaces."""
THINKS = 1.0


def test_a_first_hazard_is_reported_on_a_weak_network(
    chromium: Any, live_server: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    cache.clear()
    place = zone(make_cast())
    context = chromium.new_context(
        viewport={"width": 360, "height": 780}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", WEAK)
    got: list[int] = []
    line.on("Network.loadingFinished", lambda event: got.append(int(event["encodedDataLength"])))
    began = time.monotonic()
    page.goto(live_server.url + reverse("report", args=[place.token]))
    time.sleep(THINKS)
    page.locator(".tile", has_text="设备").tap()
    time.sleep(THINKS)
    page.locator("button[type=submit]").tap()
    code = page.wait_for_selector(".claim b", timeout=SECONDS * 1000)
    took = time.monotonic() - began
    assert code and len(code.inner_text().replace(" ", "")) == 12
    assert Case.objects.count() == 1
    assert sum(got) < 60_000
    context.close()
    with capsys.disabled():
        print(f"\nfirst hazard on 400 kbit/s, 400 ms: {took:.1f} s (limit {SECONDS} s), {sum(got) / 1000:.0f} kB")
