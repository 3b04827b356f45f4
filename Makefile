# Every target sets up what it lacks in .venv first; a second run finds it there. Settings come from the
# environment or the command line: make run DEMARCHE_PORT=8001

PYTHON ?= python3
BIN := .venv/bin
# More for the program behind a target: make test ARGS="-k position"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test lint format eval bench screenshots pins clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## set up .venv with what the product needs (pinned, hashes checked)
	@$(PYTHON) scripts/install.py

install-dev: ## ... and with what tests and linters need
	@$(PYTHON) scripts/install.py --dev

run: install ## start Demarche at http://127.0.0.1:8000 (Ctrl-C stops it)
	@exec $(BIN)/demarche serve $(ARGS)

test: install-dev ## run every test
	@$(BIN)/python -m pytest $(ARGS)

lint: install-dev ## check style, types, layers and templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python scripts/lint_pages.py

format: install-dev ## write the code as make lint wants it
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

eval: install-dev ## measure the quality of extraction and print it
	@$(BIN)/python -m tests.accuracy $(ARGS)

bench: install-dev ## measure the speed of the product and print it
	@$(BIN)/python -m bench $(ARGS)

screenshots: install-dev ## take the README's pictures from the running product
	@$(BIN)/python scripts/screenshot.py $(ARGS)

# Keeps the versions that are pinned unless told otherwise: make pins UPGRADE=--upgrade
pins: install-dev ## write requirements*.txt anew from requirements*.in
	@$(BIN)/pip install --quiet uv==0.13.9
	@$(BIN)/uv pip compile $(PIN) --output-file requirements.txt requirements.in
	@$(BIN)/uv pip compile $(PIN) --constraint requirements.txt --output-file requirements-dev.txt requirements-dev.in

PIN = --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

clean: ## remove .venv and caches; the data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache static/fonts
	@find . -name __pycache__ -prune -exec rm -rf {} +
