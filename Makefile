# Two commands do everything: `make demo` and `make test`. Both build .venv first and find it ready the next time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
PYTEST_ARGS ?=

# uv where it is at hand, else pip: the same locked files with the same hashes.
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install -q --compile-bytecode,$(BIN)/python -m pip install -q --disable-pip-version-check)

.PHONY: help setup demo test drill lint bench screenshots lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo         set up, then run the demo team and serve its page (ARGS=--once for one pass)"
	@echo "make test         set up, then lint, type-check and test"
	@echo "make drill        the slower tests: kills, races, every page in a browser, PostgreSQL, the whole demo"
	@echo "make setup        only build .venv"
	@echo "make screenshots  redo the pictures in docs/"

setup: $(VENV)/.ready

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Hamwatch needs Python 3.11 or newer; this is $$($(PYTHON) --version). Remedy: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. Remedy on Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements.txt | $(VENV)/bin/python
	@echo "Installing the locked requirements (once) …"
	@$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready: pyproject.toml $(VENV)/.locked
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@echo "Installing the locked test requirements (once) …"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup
	@$(BIN)/hamwatch demo $(ARGS)

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup lint
	$(BIN)/pytest -n 4 --dist loadfile -m "not drill" $(PYTEST_ARGS)

# Slower than the rest: faults played through (kills, races, several processes), pages looked over in a browser, the
# store on PostgreSQL where it does as on SQLite, and the whole demo.
drill: $(VENV)/.ready-dev
	$(BIN)/pytest -n 3 --dist loadfile -m drill $(PYTEST_ARGS)

# The lock files name packages, versions and hashes, never an index.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  pyproject.toml --group build -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  pyproject.toml --group dev --group build --extra postgres --extra notify -c requirements.txt -o requirements-dev.txt

screenshots: $(VENV)/.ready-dev
	$(BIN)/python -m tests.screenshots docs

bench: $(VENV)/.ready-dev
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
