# On a fresh machine with Python 3.11: `make run` or `make test`. Nothing else has to be installed first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
RONGLU := .venv/bin/ronglu

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run demo test check docs lock bench bench-scale shots clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

setup:
	@$(PYTHON) tools/setup.py run

setup-test:
	@$(PYTHON) tools/setup.py test

run: setup       ## set up, make the invented group on the first start, serve it and print address and accounts
	@$(RONGLU) demo --keep
	@$(RONGLU) serve

demo: setup      ## make the invented group anew
	@$(RONGLU) demo --anew

test: setup-test ## set up and run the suite on SQLite, then on a PostgreSQL of its own
	@$(PY) tools/suite.py $(ARGS)

check: setup-test ## style, types, room walls, migrations, packs, generated pages, habits of the repository
	@$(PY) tools/check.py

docs: setup-test ## write the generated reference pages (runs the tests that prove inventory rows)
	@$(PY) -m tools.docs

lock: setup-test ## pin the newest allowed versions with hashes
	@$(PY) -m pip install --quiet --disable-pip-version-check pip-tools
	@$(PY) tools/lock.py --upgrade
	@npm update --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

bench: setup-test ## ratios against hand-written code, about 15 min
	@$(PY) -m bench

bench-scale: setup-test ## growth up to all primary organisations, and up to ten million readings
	@$(PY) -m bench scoring country boards_scale --scale

shots: setup-test ## the pictures of the README, taken from the demo
	@$(PY) tools/shots.py

clean:           ## remove what set-up and tests made; the data folder var/ stays
	rm -rf .venv node_modules build dist src/ronglu/web/static/vendor src/ronglu/web/locale/en/LC_MESSAGES/*.mo
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis bench-out
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +
