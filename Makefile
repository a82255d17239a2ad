# Each target sets up all that it needs: Python 3.11 or newer and make are enough.

# The newest Python on the path that is new enough; PYTHON=... overrules.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
# The libraries to install: requirements-site.txt has those of building and checking alone.
REQUIREMENTS ?= requirements.txt
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Material prints a banner about MkDocs 2 at each build unless told not to.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site

help:                   ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

.PHONY: help site serve demo test thorough check format lock schema holidays shipped workflows messages pictures access readers fuzz html pythons engines bench clean

site: $(READY)          ## build the site into site/
	@$(BIN)/mkdocs build --strict

serve: $(READY)         ## show the site at http://127.0.0.1:8000/, rebuilt at each change
	@$(BIN)/mkdocs serve --livereload

demo: export NOTICES_DIR := tests/examples
demo: export SAMPLES := true
demo: $(READY)          ## the same with sample notices, each marked as a sample
	@$(BIN)/mkdocs serve --livereload

test: $(READY)          ## run the tests, those in a real browser too
	@$(BIN)/python tests/tools/get_chromium.py
	@$(BIN)/python -m pytest -m "not long"

thorough: $(READY)      ## run the long tests: hostile strings, killed builds, every reader; then measure a build
	@$(BIN)/python tests/tools/get_chromium.py
	@$(BIN)/python -m pytest -m long
	@$(BIN)/python -m tests.tools.bench.builds --count 0 20 300 --languages en --rounds 3

check: $(READY)         ## lint, format, types, imports, messages, facts, workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.tools.check_messages
	@$(BIN)/python -m tests.tools.check_facts
	@$(BIN)/zizmor --offline --no-progress --quiet .github
	@$(BIN)/noticeboard check

pictures: $(READY)     ## take a picture of each kind of page, to look at
	@$(BIN)/python tests/tools/get_chromium.py
	@$(BIN)/python -m tests.tools.take_pictures

access: $(READY)       ## look at each page in each language, width, color and text size for what shuts readers out
	@$(BIN)/python tests/tools/get_chromium.py
	@$(BIN)/python -m tests.tools.check_access

readers: $(READY)      ## follow a board with newsboat, rss2email and khal, where they are installed
	@$(BIN)/python -m tests.tools.try_readers

fuzz: $(READY)         ## read a hundred thousand mutated notices, texts and dates each: no traceback, none over a second
	@$(BIN)/python -m tests.tools.fuzz_notices

html: $(READY)         ## hold the sample site against the HTML standard with the Nu checker: needs java and npm
	@npm ci --silent --no-fund --no-audit --prefix tests/tools/html
	@NOTICES_DIR=tests/examples SAMPLES=true $(BIN)/mkdocs build --quiet --strict --site-dir sample
	@java -Xss2m -jar tests/tools/html/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html \
	  --filterfile tests/tools/html/material.txt sample

pythons: $(READY)      ## build with each Python on the path, 3.11 and newer, and compare the sites
	@$(BIN)/python -m tests.tools.compare_builds pythons

engines: $(READY)      ## build with MkDocs and with its fork ProperDocs, and compare the sites
	@$(BIN)/python -m tests.tools.compare_builds engines

bench: $(READY)        ## measure builds against plain Material pages and Hugo, and commands: long; BENCH="--count 100" asks for less
	@$(BIN)/python -m tests.tools.bench.builds $(BENCH)
	@$(BIN)/python -m tests.tools.bench.builds --without-search $(BENCH)
	@$(BIN)/python -m tests.tools.bench.commands

format: $(READY)        ## put the code into the house's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(READY)          ## renew requirements.txt from pyproject.toml: newest versions, with hashes
	@$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --group site pyproject.toml --constraint requirements.txt \
	  -o requirements-site.txt
	@$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --group upkeep pyproject.toml --constraint requirements.txt \
	  -o requirements-upkeep.txt

schema: $(READY)       ## write the notice format for editors, notices/notice.schema.json
	@$(BIN)/python -m tests.tools.write_schema

holidays: $(READY)     ## write down the holidays of the states whose law counts business days, from the library of that name
	@$(BIN)/python -m tests.tools.write_holidays

shipped: $(READY)      ## write down what is the first district's own, so that adopt can tell it from a person's changes
	@$(BIN)/python -m tests.tools.write_shipped

workflows: $(READY)    ## run the workflows on this machine, case by case, and print the table that OPERATIONS.md has
	@$(BIN)/python -m tests.workflows.cases

messages: $(READY)      ## gather the site's sentences into the catalogs
	@$(BIN)/python -m tests.tools.check_messages --write

clean:                  ## remove what the other targets made
	rm -rf site sample .cache $(VENV)

# Debian and Ubuntu keep the part of Python that makes virtual environments in a package of its own.
$(READY): $(REQUIREMENTS) pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed, and none was found." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { test "$$(id -u)" = 0 && apt-get install -y -qq python3-venv; } \
	  || { echo "make: Python's venv part is missing. Install it: sudo apt install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(REQUIREMENTS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
