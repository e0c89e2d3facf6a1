# Two commands are enough: `make repro` runs the pipeline, `make test` runs the tests. Both set up
# .venv first where it is missing or not that of the locks; nothing has to be activated.

# What is not set has its value before it is exported, or it would count as set.
PYTHON ?= python3

# A value on the command line, such as REV='$(shell ...)', is text: make expands it no more, and no
# shell reads it, since commands get it through the environment.
override TAKEN := KEEP KILLS KILLS_SEED PYTHON REV UPGRADE
override GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
$(if $(filter-out $(TAKEN),$(GIVEN)),$(error make takes the variables $(TAKEN), and not $(filter-out $(TAKEN),$(GIVEN))))
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(TAKEN)

INSTALLED := .venv/.installed
DEVELOPED := .venv/.developed

# Stages run `python`, and it must be the one in .venv. DVC finds it through PATH.
export PATH := $(CURDIR)/.venv/bin:$(value PATH)

UPGRADE := --upgrade
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help setup develop install install-dev repro repair report live offline-plots compare evidence gate judge verify \
  summary test unit contract pipeline faults coverage lint format lock audit reference graph bench

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z -]+:.*## / { printf "make %-32s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## make .venv with the locked packages, if it is missing or out of date
	@echo "next: make repro, or .venv/bin/mlp new DIR --source FILE --target COLUMN for a table of your own"

develop: $(DEVELOPED) ## add the packages of tests, linters and benchmarks to .venv

# mlp repair --keep takes a tenth of a second. It refuses lock files that DVC cannot read, and copies
# those that it can.
repro: $(INSTALLED) ## run what has changed of the pipeline (dvc repro)
	@mlp repair --keep
	dvc repro
	@mlp repair --keep
	@echo "next: look at data/report.html (make report opens it), then make gate"

repair: $(INSTALLED) ## mend what a killed run left behind, after a question
	mlp repair

report: repro ## run what has changed, and open the page of the results and of what changed
	mlp report
	python -m webbrowser -t "file://$$PWD/data/changes.html"

live: $(INSTALLED) ## show the report, and run the pipeline at every save of params.yaml, until Ctrl-C
	python -m commands.live

offline-plots: $(DEVELOPED) ## have the pages of dvc plots carry Vega, instead of asking a server for it
	python -m commands.offline_plots .dvc/plots.html
	dvc config --local plots.html_template plots.html

compare: $(INSTALLED) ## show what changed since REV, or since this branch left main
	mlp compare $${REV:+-- "$$REV"}

evidence: $(INSTALLED) ## bring the evidence for the gate up to date (dvc repro gate/dvc.yaml)
	@mlp repair --keep
	dvc repro gate/dvc.yaml
	@mlp repair --keep

gate: evidence judge ## renew the evidence, and judge the change by the rules of params.yaml

judge: $(INSTALLED) ## judge the change by what is committed, as CI does
	mlp gate $${REV:+-- "$$REV"}

verify: $(INSTALLED) ## rebuild from scratch, in a clone, and compare with what is committed
	mlp verify $${KEEP:+--keep "$$KEEP"}

summary: $(INSTALLED) ## print the comparison and the verdict as Markdown, for a pull request
	@mlp compare --md $${REV:+-- "$$REV"}
	@mlp gate --md $${REV:+-- "$$REV"} || true

test: lint $(DEVELOPED) ## check style and types, and run all tests
	pytest -n 2 --dist load --maxschedchunk 1

unit contract pipeline: $(DEVELOPED) ## run the tests of one kind
	pytest -n 2 --dist load --maxschedchunk 1 tests/$@

faults: $(DEVELOPED) ## run the tests that take minutes, and kill 200 runs (KILLS=20 kills 20)
	pytest -n 2 --dist load --maxschedchunk 1 -m long tests/faults tests/pipeline tests/contract/test_stages.py

coverage: export COVERAGE_FILE := $(CURDIR)/.venv/covered/all
coverage: export COVERAGE_RCFILE := $(CURDIR)/tests/coverage.ini
coverage: $(DEVELOPED) ## measure which branches the tests of make test run
	rm -rf .venv/covered && mkdir .venv/covered
	coverage run -m pytest -n 2 --dist load --maxschedchunk 1 -o timeout=900 || true
	coverage combine --quiet .venv/covered
	coverage report

lint: $(DEVELOPED) ## check style and types
	ruff check .
	ruff format --check .
	mypy
	check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .gitlab-ci.yml
	zizmor --quiet --offline --pedantic .github/workflows

format: $(DEVELOPED) ## put the code in the project's style
	ruff check --fix .
	ruff format .

# Everything is resolved once, and then parted: requirements.lock has what the dependencies of
# pyproject.toml lead to, requirements-dev.lock what only the group dev does.
lock: $(INSTALLED) ## refresh both locks from pyproject.toml; UPGRADE= keeps the versions they have
	cat requirements.lock requirements-dev.lock > .venv/all.lock
	$(COMPILE) $${UPGRADE:+"$$UPGRADE"} --generate-hashes --group dev --output-file .venv/all.lock pyproject.toml
	$(COMPILE) --no-header --no-annotate --constraint .venv/all.lock --output-file .venv/run.lock \
	  pyproject.toml
	awk -v run=requirements.lock -v dev=requirements-dev.lock \
	  'NR == FNR { runs[$$1]; next } /^#/ { print > run; print > dev; next } \
	  /^[^ ]/ { to = $$1 in runs ? run : dev } { print > to }' .venv/run.lock .venv/all.lock

# A weakness that does not concern the project is excepted here, with the reason: --ignore-vuln ID
EXCEPTED :=

audit: $(INSTALLED) ## look for known weaknesses of the locked packages, in the databases of PyPI
	.venv/bin/uv tool run --from pip-audit==2.10.1 pip-audit --strict --disable-pip --require-hashes $(EXCEPTED) \
	  -r requirements.lock -r requirements-dev.lock

bench: $(DEVELOPED) ## measure all that docs/benchmarks.md states, with nothing else running (an hour)
	python -m benchmarks

reference: $(INSTALLED) ## refresh params.schema.json and docs/parameters.md from the schema
	python -m mlp.check.reference

graph: $(INSTALLED) ## refresh docs/graph.mmd from dvc.yaml
	python -m commands.graph docs/graph.mmd

# .venv/.installed is a copy of the lock that .venv was made from, so that a checkout, which makes
# files look new, does not set it up again. It is written last: make repairs what was interrupted.
$(INSTALLED): requirements.lock
	@if cmp -s requirements.lock $@; then touch $@; else $(MAKE) --no-print-directory install; fi

# Likewise for what is added to it.
$(DEVELOPED): requirements-dev.lock $(INSTALLED)
	@if cmp -s requirements-dev.lock $@; then touch $@; else $(MAKE) --no-print-directory install-dev; fi

# Compiling takes longest, so what is rarely or never imported is left out: half of the files.
RARE := tests?|fontTools|moto|mypyc?|pip|pygments|setuptools|sqlalchemy|transformers
BYTECODE := find .venv/lib mlp stages commands -name '*.py' | grep -vE '/($(RARE))/' \
  | xargs -n 400 -P $$(getconf _NPROCESSORS_ONLN) .venv/bin/python -m compileall -qq || true
FIRST := install --quiet --disable-pip-version-check --require-hashes -r .venv/first.txt
UV := .venv/bin/uv pip install --python .venv --no-deps --require-hashes

install:
	@"$$PYTHON" -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name it with make PYTHON=python3.11")'
	@echo "Setting up .venv, which takes half a minute the first time"
	@rm -f $(INSTALLED) $(DEVELOPED)
	"$$PYTHON" -m venv --clear --without-pip .venv
	awk '/^[^ ]/ { wanted = /^(setuptools|uv)==/ } wanted' requirements.lock > .venv/first.txt
	@base=$$(sed -n 's/^home = //p' .venv/pyvenv.cfg)/python3; \
	if "$$base" -c 'import pip' 2> /dev/null; then "$$base" -m pip --python .venv/bin/python $(FIRST); \
	else .venv/bin/python -m ensurepip > .venv/pip.txt && .venv/bin/python -m pip $(FIRST); fi
	$(UV) --no-build-isolation -r requirements.lock
	.venv/bin/uv pip install --python .venv --quiet --no-deps --no-build-isolation --editable .
	@$(BYTECODE)
	@cp requirements.lock $(INSTALLED)

install-dev:
	@echo "Adding the packages of tests, linters and benchmarks to .venv"
	$(UV) --no-build-isolation -r requirements-dev.lock
	@$(BYTECODE)
	@cp requirements-dev.lock $(DEVELOPED)
