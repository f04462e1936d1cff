SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable

.PHONY: help demo test check check-long bench translations screenshots

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(INSTALLED) ## install, set up with demo accounts, and serve on this machine
	@$(BIN)/cpi1540 demo

test: $(TESTABLE) ## run the suites: SQLite, PostgreSQL, browser
	@$(BIN)/python -m pytest

check: $(TESTABLE) ## formatting, lint, types, templates, security, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit -q -r cpi1540 -c pyproject.toml
	$(BIN)/python -m pytest tests/contract/test_catalogues.py

check-long: $(TESTABLE) ## the long suites: killed processes, damaged files
	@CPI1540_LONG=1 $(BIN)/python -m pytest tests/long

bench: $(TESTABLE) ## measure against bare floors, in one run
	@$(BIN)/python -m tests.bench

translations: $(TESTABLE) ## extract the sentences, update and compile the catalogues
	@$(BIN)/python tests/support/catalogues.py

screenshots: $(TESTABLE) ## make the pictures of the README
	@$(BIN)/python tests/support/screenshots.py docs/pictures

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.x")'
	@start=$$SECONDS; $(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: on Debian and Ubuntu, apt install python3-venv"; exit 1; }; \
	echo "Environment: $$((SECONDS - start)) s"

$(INSTALLED): pyproject.toml constraints.txt hatch_build.py $(wildcard translations/*/LC_MESSAGES/messages.po) | $(VENV)/bin/python
	@start=$$SECONDS; $(PIP) install --quiet -c constraints.txt -e . && touch $@ && echo "Installation: $$((SECONDS - start)) s"

$(TESTABLE): $(INSTALLED)
	@start=$$SECONDS; $(PIP) install --quiet -c constraints.txt -e '.[postgres,test,lint]' && touch $@ && echo "Test tools: $$((SECONDS - start)) s"
