# Palabre's commands. `make help` lists them; each does one thing and says what it does.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export VAR_DIR ?= $(CURDIR)/var
BIN := $(CURDIR)/.venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench format messages lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/runtime ## Serve the site with its demo at http://127.0.0.1:8000 (PORT=… moves it, VAR_DIR=… its data)
	@scripts/run "$(PORT)"

test: .venv/tools ## Run all tests, in the browser too, on SQLite and on PostgreSQL where one answers
	@scripts/test

check: .venv/tools ## Check format, lint, types, imports, migrations, translations, templates, settings and pins
	@scripts/check

bench: .venv/tools ## Measure reading and replying with up to 100,000 comments, and 300 networks of 5,000 members, as tables
	@scripts/bench

format: .venv/tools ## Put the code in its format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

messages: .venv/tools ## Bring the French catalogues in step with the code
	@$(BIN)/python scripts/messages.py --all

lock: .venv/tools ## Write down in constraints.txt what pip chose for the dependencies of our dependencies
	@scripts/lock

clean: ## Remove the virtual environment and the tools' caches; the data under var/ stays
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis test-results

.venv/runtime: requirements.txt constraints.txt
	@scripts/install "$(PYTHON)" requirements.txt
	@touch $@

.venv/tools: requirements-dev.txt requirements.txt constraints.txt
	@scripts/install "$(PYTHON)" requirements-dev.txt
	@touch $@ .venv/runtime
