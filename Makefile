# Two commands are all a new user needs: make graph, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STRICT ?=

.PHONY: graph test lint bench screenshots pins clean

graph: $(VENV)/.installed
	$(BIN)/kg build seeds -o output
	@echo "Open in a browser: $(CURDIR)/output/graph.html"

test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	STRICT=$(STRICT) $(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.tested
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	.ci/lint-page

bench: $(VENV)/.tested
	$(BIN)/python benchmarks/run.py

screenshots: $(VENV)/.tested
	$(BIN)/python benchmarks/screenshots.py

# Pinned versions with hashes; constraints.txt is the default install, tests/constraints.txt comes on top.
pins:
	$(PYTHON) -m venv build/pins && build/pins/bin/pip install -q pip-tools
	build/pins/bin/pip-compile -q --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --strip-extras --no-annotate --allow-unsafe pyproject.toml -o constraints.txt
	build/pins/bin/pip-compile -q --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --strip-extras --no-annotate --allow-unsafe tests/requirements.in -o tests/constraints.txt

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/.installed: constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed tests/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/constraints.txt
	touch $@
