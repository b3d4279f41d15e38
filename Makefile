# One place for every task; CI runs `make check` and `make test-all`.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The faster OCR engine is added where the system already has tesseract's language data.
TESSERACT := $(if $(shell command -v tesseract),-r requirements-tesseract.lock)

# Modules are kept compiled, whatever the shell says: tests start many processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo setup test test-all check format bench lock clean help

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

$(READY): requirements.lock requirements-tesseract.lock pyproject.toml
	@echo "Setting up the environment (about a minute, once) ..." >&2
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "OpenIMR needs Python 3.11, 3.12 or 3.13; call: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock $(TESSERACT)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(READY) ## build the environment

demo: $(READY) ## forge a case file, review it, and show where the letter is
	@rm -rf demo && mkdir -p demo
	@$(BIN)/openimr forge --out demo/cases --cases 1 --seed 7 --format pdf
	@$(BIN)/openimr review demo/cases/* --out demo/letter
	@$(BIN)/openimr verify demo/letter/determination.json --case demo/cases/*
	@echo "Open demo/letter/determination.html or determination.pdf" >&2

test: $(READY) ## the quick suite
	@$(BIN)/pytest -n auto -m "not slow"

test-all: $(READY) ## every test, the slow ones too
	@$(BIN)/pytest -n auto

check: $(READY) ## what CI runs: format, lint, types, imports, tests, docs
	@$(BIN)/ruff format --check src tests benchmarks training
	@$(BIN)/ruff check src tests benchmarks training
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry src
	@$(BIN)/openimr rules check
	@$(BIN)/pytest -n auto -m "not slow"

format: $(READY) ## format the code and mend what can be mended
	@$(BIN)/ruff format src tests benchmarks training
	@$(BIN)/ruff check --fix src tests benchmarks training

bench: $(READY) ## measure speed against floors in the same run (a few minutes)
	@$(BIN)/python benchmarks/run.py

lock: ## renew the hashed locks (needs uv)
	@uv pip compile pyproject.toml --extra charts --extra assignment --extra distributed --group dev --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock

clean: ## remove what the tasks made
	@rm -rf $(VENV) demo
