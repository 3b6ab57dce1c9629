# Everything happens in .venv, a virtual environment of this folder; nothing global is touched.
PYTHON ?= python3
# Some machines forbid compiled files; then every start would compile the whole program and its libraries again.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile -c constraints.txt
# A worker for each core and one more, because browsers and disks make them wait; at most four: each starts a
# PostgreSQL and a browser of its own. `loadgroup` hands out one test at a time and keeps those
# together that share something dear. One thread of linear algebra a worker.
WORKERS = $(shell $(BIN)/python -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))')
PYTEST = OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q --numprocesses $(WORKERS) --dist loadgroup
PACKAGES := foundation submissions judging search casebook webapp

.DEFAULT_GOAL := help
.PHONY: help run test check format coverage bench install install-dev clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.stamp-run ## install if needed, load the demo year once, serve http://127.0.0.1:8000
	@EXEMPLAR_DEMO=1 $(BIN)/exemplar serve --port $(PORT)

test: $(VENV)/.stamp-dev ## all four checks: ruff, mypy, import-linter, pytest (SQLite and PostgreSQL, browser)
	@$(MAKE) --no-print-directory check
	$(PYTEST) $(TESTS)

check: $(VENV)/.stamp-dev ## the three static checks only: ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.stamp-dev ## sort imports and lay the code out
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

coverage: $(VENV)/.stamp-dev ## the tests again, with line and branch coverage
	$(PYTEST) --cov --cov-report=term $(TESTS)

bench: $(VENV)/.stamp-bench ## measure against the plain way of doing the same; one table at the end
	@$(BIN)/python -m bench

install: $(VENV)/.stamp-run ## only install the program into .venv

install-dev: $(VENV)/.stamp-dev ## install the program and the tools of the checks into .venv

clean: ## remove .venv, caches and build results; the data in var/ stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov build dist test-results
	find $(PACKAGES) tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Exemplar needs Python 3.11 or newer: install it, or name it with  make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Exemplar needs Python 3.11 or newer; $(PYTHON) is older. Name a newer one with  make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu:  sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The stamps are newer than what they were made from, so that a second start installs nothing.
$(VENV)/.stamp-run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Exemplar into $(VENV) (once, about a minute) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.stamp-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Exemplar and its checks into $(VENV) (once, one or two minutes) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.stamp-run $@

$(VENV)/.stamp-bench: $(VENV)/.stamp-dev
	@$(PIP) --editable '.[dev,bench]'
	@touch $@
