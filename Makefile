# Set-up, run and test Ringyard on one machine: python3 with pip, make and git are all it asks for.
# Every set-up step leaves a stamp, so a second run is instant. Root is used when there (apt), never needed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
UV := PYTHONPATH=.tools $(PYTHON) -m uv
BIN := .venv/bin
LOCK := $(UV) pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate
VENDOR := platform/ringyard/web/static/vendor
NODES ?= 1
PYTEST ?= $(BIN)/pytest

export UV_NO_PROGRESS ?= 1

.PHONY: help setup setup-tests up test check bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

# --- set-up -----------------------------------------------------------------------------------------------------

.tools/uv.stamp: requirements/tools.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes --target .tools -r $<
	@touch $@

.venv/python.stamp: .tools/uv.stamp
	$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv
	@touch $@

.venv/packages.stamp: requirements/dev.txt .venv/python.stamp
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes $<
	@touch $@

# The project itself, editable: one static .pth file, so mypy, editors and pytest all see the source roots.
.venv/project.stamp: pyproject.toml .venv/packages.stamp
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --reinstall --editable .
	@touch $@

# node and npm of the machine when recent enough, else those carried by a Python package.
.venv/node.stamp: requirements/node.txt .venv/packages.stamp infra/assets/find_node.sh
	@infra/assets/find_node.sh >/dev/null || infra/assets/carry_node.sh $(PYTHON)
	@touch $@

node_modules/packages.stamp: package.json package-lock.json .venv/node.stamp
	PATH="$$(infra/assets/find_node.sh):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

$(VENDOR)/assets.stamp: node_modules/packages.stamp infra/assets/vendor.py infra/assets/icons.txt
	$(BIN)/python infra/assets/vendor.py
	@touch $@

# Postgres, Redis and Asterisk: looked for, else installed. `ringyard up` looks again, so a lost program is found.
.venv/programs.stamp: .venv/project.stamp requirements/embedded.txt platform/ringyard/local/programs.py
	$(BIN)/python -m ringyard.local.programs postgres redis asterisk
	@touch $@

.venv/test-programs.stamp: .venv/programs.stamp
	$(BIN)/python -m ringyard.local.programs sipp chromium
	@touch $@

setup: $(VENDOR)/assets.stamp .venv/programs.stamp ## everything `make up` needs

setup-tests: setup .venv/test-programs.stamp ## also what only the tests need: SIPp and chromium

# --- run --------------------------------------------------------------------------------------------------------

up: setup ## the whole product in the foreground until Ctrl-C (NODES=2 for two Asterisk nodes)
	@exec $(BIN)/ringyard up --nodes $(NODES)

check: setup ## lint, format, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The unit tests first: a plain mistake shows in seconds, before any server is started.
test: setup-tests check ## every check and every test
	$(PYTEST) tests/unit
	$(PYTEST) -n 2 tests/contracts tests/integration
	$(PYTEST) tests/telephony
	$(PYTEST) tests/browser

bench: setup-tests ## the figures, each beside its limit measured in the same run
	$(BIN)/ringyard bench

# --- upkeep -----------------------------------------------------------------------------------------------------

lock: .tools/uv.stamp ## pin everything anew (no host is written into a lock)
	$(LOCK) requirements/tools.in -o requirements/tools.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	$(LOCK) requirements/embedded.in -o requirements/embedded.txt
	$(LOCK) pyproject.toml -o requirements/app.txt
	$(LOCK) pyproject.toml --group dev -c requirements/app.txt -o requirements/dev.txt

clean: ## remove what set-up made (not the data in .run)
	rm -rf .venv .tools node_modules $(VENDOR)
