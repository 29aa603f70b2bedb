# `make help` lists what can be done. Needs Python >= 3.11 and nothing else.

PYTHON ?= python3
PORT ?= 8000
# Of the demonstration accounts. Nobody but this computer can reach them.
DEMO_PASSWORD ?= demonstration-only

HASH_RUN := $(shell cat requirements.txt | cksum | cut -d ' ' -f 1)
HASH_DEV := $(shell cat requirements.txt requirements-pdf.txt requirements-dev.txt | cksum | cut -d ' ' -f 1)
HASH_AUDIT := $(shell cat tests/audit/package-lock.json | cksum | cut -d ' ' -f 1)
RUN_READY := .venv/ready-$(HASH_RUN)
DEV_READY := .venv-dev/ready-$(HASH_DEV)
AUDIT_READY := tests/audit/node_modules/ready-$(HASH_AUDIT)

IN_RUN := env DJANGO_SETTINGS_MODULE=portal.settings.development LOG_LEVEL=WARNING \
	WAGTAILADMIN_BASE_URL=http://127.0.0.1:$(PORT) .venv/bin
IN_DEV := env DJANGO_SETTINGS_MODULE=portal.settings.testing .venv-dev/bin
TEMPLATES = $(shell find portal education -name '*.html')

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format bench bench-search bench-import relevance grades import-scores audit faults screenshots clean python prepare

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUN_READY) prepare ## Serve the portal on http://127.0.0.1:8000 (PORT=8001 to change)
	@$(IN_RUN)/python manage.py collectstatic --noinput --verbosity 0
	@$(IN_RUN)/python manage.py run_schedule --every 60 & schedule=$$!; \
	$(IN_RUN)/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) & server=$$!; \
	trap 'kill -INT $$server $$schedule 2>/dev/null' INT; \
	trap 'kill $$server $$schedule 2>/dev/null' TERM HUP; \
	wait $$server; status=$$?; kill $$schedule 2>/dev/null; wait; exit $$status

dev: $(RUN_READY) prepare ## The same with Django's own server: reloads, shows errors
	@DEBUG=on; export DEBUG; exec $(IN_RUN)/python manage.py runserver 127.0.0.1:$(PORT)

prepare: $(RUN_READY)
	@.venv/bin/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null \
		|| { echo "Port $(PORT) is taken. Try another: PORT=8001"; exit 1; }
	@echo "Preparing the database in var/ ..."
	@$(IN_RUN)/python manage.py migrate --verbosity 0
	@$(IN_RUN)/python manage.py load_demo --if-empty --password $(DEMO_PASSWORD) >/dev/null
	@$(IN_RUN)/python manage.py show_welcome http://127.0.0.1:$(PORT) --password $(DEMO_PASSWORD)

test: lint ## Lint, then every test: on SQLite, on PostgreSQL, in a browser
	@$(IN_DEV)/python manage.py makemigrations --check --dry-run
	@$(IN_DEV)/python tests/run_suite.py

lint: $(DEV_READY) ## Check style, templates and who imports whom
	@.venv-dev/bin/ruff check .
	@.venv-dev/bin/ruff format --check .
	@.venv-dev/bin/djade --target-version 5.2 --check $(TEMPLATES)
	@.venv-dev/bin/djhtml --tabwidth 4 --check $(TEMPLATES)
	@.venv-dev/bin/curlylint --quiet $(TEMPLATES)
	@PYTHONPATH=. .venv-dev/bin/lint-imports

format: $(DEV_READY) ## Put code and templates into the one style
	@.venv-dev/bin/ruff check --fix .
	@.venv-dev/bin/ruff format .
	@.venv-dev/bin/djade --target-version 5.2 $(TEMPLATES) || true
	@.venv-dev/bin/djhtml --tabwidth 4 $(TEMPLATES) || true

bench: $(DEV_READY) ## Measure what pages cost: statements, CPU, time, bytes
	@.venv-dev/bin/python bench/serve_cost.py

bench-search: $(DEV_READY) ## Measure search beside Wagtail's own, up to 100,000 pages (SIZES=1000)
	@.venv-dev/bin/python bench/search_speed.py $(if $(SIZES),--sizes $(SIZES)) $(ARGUMENTS)

bench-import: $(DEV_READY) ## Measure what sorting 5,000 passages costs (SIZES=500)
	@.venv-dev/bin/python bench/import_speed.py $(if $(SIZES),--sizes $(SIZES)) $(ARGUMENTS)

relevance: $(DEV_READY) ## Measure how often search finds the right page first
	@.venv-dev/bin/python bench/relevance.py

grades: $(DEV_READY) ## Measure how hard the demonstration is to read; name the hardest five
	@LOG_LEVEL=WARNING $(IN_DEV)/pytest -q -s tests/test_reading_grades.py

import-scores: $(DEV_READY) ## Measure how well damaged documents are sorted; tell every difference
	@LOG_LEVEL=WARNING $(IN_DEV)/pytest -q -s tests/test_import_samples.py

audit: $(DEV_READY) $(AUDIT_READY) ## Check HTML, weight and Lighthouse of every public page (needs Node.js)
	@.venv-dev/bin/python tests/audit/run.py

faults: $(DEV_READY) ## Kill workers, collide people, and look at what is left (half an hour)
	@.venv-dev/bin/python tests/faults/run.py

screenshots: $(DEV_READY) ## Take the pictures that the README shows
	@$(IN_DEV)/python tests/browser/screenshots.py

clean: ## Remove what was installed and built; keep the database
	@rm -rf .venv .venv-dev tests/audit/node_modules var/static .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null \
		|| { echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The portal needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "'$(PYTHON)' lacks its venv module. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

$(RUN_READY): | python
	@echo "Installing what the portal runs on (once) ..."
	@$(PYTHON) -m venv .venv
	@.venv/bin/pip install --quiet --quiet --disable-pip-version-check -r requirements.txt
	@rm -f .venv/ready-* && touch $@

$(DEV_READY): | python
	@echo "Installing what tests the portal (once) ..."
	@$(PYTHON) -m venv .venv-dev
	@.venv-dev/bin/pip install --quiet --quiet --disable-pip-version-check -r requirements-dev.txt
	@rm -f .venv-dev/ready-* && touch $@

$(AUDIT_READY):
	@command -v npm >/dev/null \
		|| { echo "The audit needs Node.js 20.19 or newer, with npm. Nothing else here does."; exit 1; }
	@echo "Installing what audits the pages (once) ..."
	@cd tests/audit && npm ci --loglevel=error
	@rm -f tests/audit/node_modules/ready-* && touch $@
