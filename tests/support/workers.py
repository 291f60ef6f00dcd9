"""How tests are dealt out to several workers, and how a worker keeps its memory quiet.

`--dist=loadgroup` would read the groups from marks, but pytest-xdist 3.8 writes them to a name that pytest 9.2 no longer
reads: without this file every worker made the invented group of tests/cli for itself.
"""

import gc

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

# folder or file: these share what is dear to make; the first work that is given out is the largest group
TOGETHER = ("tests/cli/",)


class Dealt(LoadScopeScheduling):
    """Each test by itself, but what shares a dear fixture on one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


class Workers:
    """Two hooks of the suite."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Producer) -> Scheduling | None:
        """Only where groups were asked for; other modes stay xdist's own."""
        return Dealt(config, log) if config.getvalue("dist") == "loadgroup" else None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Six thousand tests and all libraries stay until the end: looking through them again and again costs a tenth."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
