SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Stamps: a step that was interrupted has none, and is done again.
MADE := $(VENV)/.made
INSTALLED := $(VENV)/.installed
COMPILED := $(VENV)/.compiled
TESTABLE := $(VENV)/.testable
STAMPS := $(MADE) $(INSTALLED) $(COMPILED) $(TESTABLE)

# What the caller's shell sets for another Python must not reach ours.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX
# An environment does not survive a move of its folder, nor the loss of its Python.
$(shell [ -x $(BIN)/python ] && [ "$$(cat $(MADE) 2>/dev/null)" = "$(CURDIR)" ] || rm -f $(STAMPS))

.PHONY: help demo test check check-long bench translations screenshots

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16
	@echo "ARGS=... is handed on by demo, test and check-long: make demo ARGS='--port 9000'"

demo: $(INSTALLED) $(COMPILED) ## install, set up with demo accounts, and serve on this machine
	@$(BIN)/cpi1540 demo $(ARGS)

test: $(TESTABLE) ## run the suites: SQLite, PostgreSQL, browser
	@$(BIN)/python -m pytest $(ARGS)

check: $(TESTABLE) ## formatting, lint, types, templates, security, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit -q -r cpi1540 -c pyproject.toml
	$(BIN)/python -m pytest -n0 tests/contract/test_catalogues.py

check-long: $(TESTABLE) ## the long suites: killed processes, many more examples for each law
	@$(BIN)/python -m pytest -m long $(ARGS)
	@CPI1540_EXAMPLES=2000 $(BIN)/python -m pytest -m hypothesis $(ARGS)

bench: $(TESTABLE) ## measure against bare floors, in one run
	@$(BIN)/python -m tests.bench

translations: $(TESTABLE) ## extract the sentences, update and compile the catalogues
	@$(BIN)/python tests/support/catalogues.py

screenshots: $(TESTABLE) ## make the pictures of the README
	@$(BIN)/python tests/support/screenshots.py docs/pictures

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is %d.%d. Name another: make PYTHON=python3.12 ..." % sys.version_info[:2])'
	@start=$$SECONDS; $(PYTHON) -m venv --clear $(VENV) \
	|| { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	echo "$(CURDIR)" > $@; echo "Environment: $$((SECONDS - start)) s"

$(INSTALLED): pyproject.toml constraints.txt hatch_build.py | $(MADE)
	@echo "Installing what the portal stands on ..."
	@start=$$SECONDS; $(PIP) install --quiet -c constraints.txt -e . && touch $@ && echo "Installation: $$((SECONDS - start)) s"

$(COMPILED): $(wildcard translations/*/LC_MESSAGES/messages.po) | $(INSTALLED)
	@start=$$SECONDS; $(BIN)/python tests/support/catalogues.py compile && touch $@ && echo "Translations: $$((SECONDS - start)) s"

$(TESTABLE): $(INSTALLED)
	@echo "Installing what the tests stand on ..."
	@start=$$SECONDS; $(PIP) install --quiet -c constraints.txt -e '.[postgres,test,lint]' && touch $@ && echo "Test tools: $$((SECONDS - start)) s"
