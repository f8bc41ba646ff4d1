# Kennisbank: `make help` lists what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
SITE ?= http://localhost:8000
SOURCES := kennisbank.py commands library crawler index webapp examples tests docs
WORKERS ?= 2
CHECKS := tests/webapp/browser/tools
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev start test test-fast check format eval soak bench bench-crawl lighthouse screenshots guides pdfs lock clean check-deploy

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/installed ## make .venv with the `kennisbank` command in it

setup-dev: $(VENV)/installed-dev ## the same, with what tests and checks need

# A virtual environment that was broken off half-way has no stamp and is completed here.
$(VENV)/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Kennisbank needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Making $(VENV) failed; on Debian and Ubuntu install the package python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

start: setup ## crawl the built-in examples, serve the site and print its address
	@$(BIN)/kennisbank start --examples

# What checks pages for accessibility and valid HTML comes from npm; without npm those tests are
# skipped, and say so.
$(CHECKS)/node_modules: $(CHECKS)/package-lock.json
	@if command -v npm > /dev/null; then \
		cd $(CHECKS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules; \
	else echo "There is no npm, so pages are not checked with axe-core and the Nu HTML checker"; fi

test: setup-dev $(CHECKS)/node_modules ## run all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-fast: setup-dev $(CHECKS)/node_modules ## run the tests that are not marked slow
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow"

check: setup-dev ## style, types, import contracts, dependencies, spelling, templates
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy kennisbank.py commands library crawler index webapp examples tests docs
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/codespell README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md SECURITY.md docs kennisbank.py commands library crawler index webapp
	$(BIN)/djlint --lint --quiet webapp/templates

check-deploy: ## have systemd and nginx look at the files in deploy/
	@deploy/check

format: setup-dev ## put all code in the one style
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

eval: setup ## measure ranking, goals and facets on the evaluation data in SHARED (default ../shared); EVAL=--publish
	$(BIN)/python -m tests.benchmarks.relevance $(SHARED) $(EVAL)
	$(BIN)/python -m tests.benchmarks.tags $(SHARED)
	$(BIN)/python -m tests.benchmarks.facets $(SHARED)

bench: setup-dev ## measure speed and memory beside peers, in one run; BENCH="--sets 20000 --rows search"
	$(BIN)/python -m tests.benchmarks.speed $(SHARED) $(BENCH)

soak: setup-dev ## what takes too long for every run: 200 kills, the hostile site of 10,000 addresses, and more
	$(BIN)/python -m pytest -n 0 -s --timeout 0 tests/soak/*.py

bench-crawl: setup-dev ## measure our crawler beside Scrapy; BENCH="--peer /path/to/python --publish"
	$(BIN)/python -m tests.benchmarks.crawling $(BENCH)

lighthouse: setup-dev ## score the pages of a running site with Lighthouse; SITE=http://localhost:8000
	$(BIN)/python -m tests.benchmarks.lighthouse $(SITE)

screenshots: setup-dev ## make the pictures of the README in docs/pictures; OUT=folder: every page type, four widths, light and dark
	$(BIN)/python -m docs.screenshots $(OUT)

guides: setup-dev ## make the pictures of the help pages in webapp/static/guides
	$(BIN)/python -m docs.guide_pictures

pdfs: setup-dev ## build the PDFs of the example sites from their texts
	$(BIN)/python -m examples.build_pdfs

lock: ## lock the dependencies with hashes; needs uv
	@echo 'setuptools>=77' > build-requirements.tmp
	@for name in "" "-dev"; do \
		{ echo "# Locked with hashes by 'make lock'; do not edit by hand."; \
		  uv pip compile pyproject.toml build-requirements.tmp $${name:+--extra dev -c requirements.txt} \
		    --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		    --no-emit-index-url --quiet; } > requirements$$name.tmp && \
		mv requirements$$name.tmp requirements$$name.txt || exit 1; done
	@rm build-requirements.tmp

clean: ## remove what was made, except the state in var/
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
