# Every target does its own set-up; a second call finds it done and is quick.
# Nothing is needed before the first but Python 3.11 or newer, make and git.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check format migrate migration bench docs lock
export PYTHON

BIN := .venv/bin
PYTEST := $(BIN)/pytest
TWO := -n 2 --dist worksteal
# A browser waits as long as it works.
THREE := -n 3 --dist worksteal
HEAVY_OR_BROWSER := heavy or browser

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

run: ## serve on http://127.0.0.1:5000 with demonstration data and a sign-in for each role
	@tools/set-up
	@exec $(BIN)/tracker run --demo

test: ## run everything: SQLite and PostgreSQL, then the browser, then the heavy tests
	@tools/set-up tests
	@failed=; \
	$(PYTEST) --database=both $(TWO) -m "not ($(HEAVY_OR_BROWSER))" || failed=1; \
	$(PYTEST) $(THREE) -m browser || failed=1; \
	$(PYTEST) -n 2 --dist loadgroup -m heavy || failed=1; \
	test -z "$$failed"

check: ## format, lint and types
	@tools/set-up dev
	@failed=; \
	$(BIN)/ruff format --check . || failed=1; \
	$(BIN)/ruff check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	test -z "$$failed"

format: ## rewrite the files as `make check` wants them
	@tools/set-up dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

migrate: ## bring the database of TRACKER_DATABASE_URL up to date
	@tools/set-up
	@$(BIN)/tracker migrate

migration: ## draft a migration from the models: make migration m="What it does"
	@tools/set-up dev
	@test -n '$(m)' || { echo 'Say what it does: make migration m="What it does"'; exit 1; }
	@$(BIN)/python tools/draft_migration.py '$(m)'

bench: ## measure pages under load on both databases (BIG=1 adds 100,000 projects)
	@tools/set-up tests
	@$(BIN)/python -m tests.bench

docs: ## write the generated parts of docs/
	@tools/set-up dev
	@$(BIN)/python tools/docs.py

lock: ## write the lock files anew from pyproject.toml
	@tools/set-up dev
	@tools/lock
