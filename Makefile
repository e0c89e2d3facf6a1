# Two commands are enough: `make repro` runs the pipeline, `make test` runs the tests. Both set up
# .venv first when it is missing or older than requirements.lock; nothing has to be activated.

PYTHON ?= python3
INSTALLED := .venv/.installed

# Stages run `python`, and it must be the one in .venv. DVC finds it through PATH.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# The values of REV=... and KEEP=... reach commands through the environment, which no shell reads.
export REV KEEP

.DEFAULT_GOAL := help
.PHONY: help setup install repro report live offline-plots compare gate verify summary \
  test unit contract pipeline faults lint format lock reference graph benchmark

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z -]+:.*## / { printf "make %-32s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## make .venv with the locked packages, if it is missing or out of date

repro: $(INSTALLED) ## run what has changed of the pipeline (dvc repro)
	dvc repro

report: repro ## run what has changed and open the page that explains the results
	python -m webbrowser -t "file://$(CURDIR)/data/report.html"

live: $(INSTALLED) ## show the report, and run the pipeline at every save of params.yaml, until Ctrl-C
	python -m commands.live

offline-plots: $(INSTALLED) ## have the pages of dvc plots carry Vega, instead of asking a server for it
	python -m commands.offline_plots .dvc/plots.html
	dvc config --local plots.html_template plots.html

compare: $(INSTALLED) ## show what changed since REV, or since this branch left main
	mlp compare $${REV:+-- "$$REV"}

gate: $(INSTALLED) ## judge the change by the rules of params.yaml
	mlp gate $${REV:+-- "$$REV"}

verify: $(INSTALLED) ## rebuild from scratch, in a clone, and compare with what is committed
	mlp verify $${KEEP:+--keep "$$KEEP"}

summary: $(INSTALLED) ## print the comparison and the verdict as Markdown, for a pull request
	@mlp compare --md $${REV:+-- "$$REV"}
	@mlp gate --md $${REV:+-- "$$REV"} || true

test: lint $(INSTALLED) ## check style and types, and run all tests
	pytest -n 2 --dist load --maxschedchunk 1

unit contract pipeline faults: $(INSTALLED) ## run the tests of one kind
	pytest -n 2 --dist load --maxschedchunk 1 tests/$@

lint: $(INSTALLED) ## check style and types
	ruff check .
	ruff format --check .
	mypy
	check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .gitlab-ci.yml
	zizmor --quiet --offline --pedantic .github/workflows

format: $(INSTALLED) ## put the code in the project's style
	ruff check --fix .
	ruff format .

lock: $(INSTALLED) ## refresh requirements.lock from pyproject.toml
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --group dev --output-file requirements.lock pyproject.toml

benchmark: $(INSTALLED) ## measure how often each rule of the gate fails (twenty minutes)
	python -m benchmarks.gate | tee benchmarks/gate.txt

reference: $(INSTALLED) ## refresh params.schema.json and docs/parameters.md from the schema
	python -m mlp.check.reference

graph: $(INSTALLED) ## refresh docs/graph.mmd from dvc.yaml
	dvc dag --mermaid > docs/graph.mmd

# .venv/.installed is a copy of the lock that .venv was made from, so that a checkout, which makes
# files look new, does not set it up again.
$(INSTALLED): requirements.lock
	@if cmp -s requirements.lock $(INSTALLED); then touch $(INSTALLED); else $(MAKE) --no-print-directory install; fi

install:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name it with make PYTHON=python3.11")'
	@echo "Setting up .venv, which takes a minute the first time"
	$(PYTHON) -m venv --clear .venv
	sed -n '/^uv==/,/^[a-z#]/p' requirements.lock | sed '$$d' > .venv/uv.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	.venv/bin/uv pip install --python .venv --require-hashes --compile-bytecode -r requirements.lock
	.venv/bin/uv pip install --python .venv --quiet --no-deps --no-build-isolation --editable .
	.venv/bin/python -m compileall -q mlp stages commands
	@cp requirements.lock $(INSTALLED)
