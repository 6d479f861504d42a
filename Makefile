# Every target does its own set-up from a machine with Python 3.11, pip and make.
PYTHON ?= python3.11
ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
PYTHON := python3
endif

RUN := .venv/bin
TOOLS := .venv-dev/bin
INSTALL := -m pip install --quiet --disable-pip-version-check --no-input
OUT ?= build/demo

export CLEANCLAIM_HOME ?= $(CURDIR)/build/home
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help demo serve test check prove bench schema lock clean

help:
	@echo "make demo    the whole way on the example practice, into $(OUT)"
	@echo "make serve   the office in the browser"
	@echo "make test    lint, types, imports, every test on SQLite and PostgreSQL, and in Chromium"
	@echo "make prove   the long proofs: fuzzing and the big benchmarks"
	@echo "make bench   visits per second through the whole way"

demo: .venv/ready
	$(RUN)/cleanclaim demo --out $(OUT)

serve: .venv/ready
	$(RUN)/cleanclaim serve

test: .venv-dev/ready
	bash tests/run.sh $(TOOLS)

check: .venv-dev/ready
	bash tests/check.sh $(TOOLS)

prove: .venv-dev/ready
	$(TOOLS)/python -m pytest -p no:cacheprovider -m "prove" --override-ini addopts="-ra --import-mode=importlib" tests

bench: .venv-dev/ready
	$(TOOLS)/python benchmarks/visits.py

.venv/ready: requirements/base.lock requirements/build.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(RUN)/python $(INSTALL) --require-hashes -r requirements/build.lock -r requirements/base.lock
	$(RUN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv-dev/ready: requirements/dev.lock requirements/build.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv-dev
	$(TOOLS)/python $(INSTALL) --require-hashes -r requirements/build.lock -r requirements/dev.lock
	$(TOOLS)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

schema: .venv-dev/ready
	$(TOOLS)/python -m cleanclaim.office.blank_home

lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 pyproject.toml -o requirements/base.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements/build.in -o requirements/build.lock

clean:
	rm -rf build .venv .venv-dev
