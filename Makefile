# Every target sets up what it needs; a second run takes seconds. `make help` lists them.

VENV ?= .venv
UV   ?= $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
BIN   = $(VENV)/bin

# The first interpreter that runs and is one of ours. A name alone proves nothing: pyenv leaves shims that only fail.
FITS    = import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
            $$name -c '$(FITS)' 2>/dev/null && command -v $$name && break; done)
VERSIONS   = 3.11 3.12 3.13
PYENV_BINS = $(subst $() ,:,$(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/*/bin))

PYTEST  = $(BIN)/pytest -q
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --only-binary :all: \
            --custom-compile-command 'make lock' $(LOCK_FLAGS)

.PHONY: help setup demo demo-live test test-unit test-agents test-evaluation test-integration test-kafka chaos test-browser test-operation test-versions kafka \
        screenshots bench bench-board bench-cost bench-sources evaluate check format schemas metrics image dashboards lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r target text; do \
	  printf '  make %-18s %s\n' "$$target" "$$text"; done

setup: $(VENV)/.ready ## .venv with .venv/bin/wiredelta, from the locked dependencies

demo: setup ## a broker, a worker, a board and a story, on this machine alone (ARGS='--once' ends with the story)
	@$(BIN)/wiredelta demo $(ARGS)

demo-live: setup ## the same with a news site on this machine: its feed, page, live blog and pushes are followed
	@$(BIN)/wiredelta demo --live $(ARGS)

test: test-unit test-agents test-evaluation test-integration ## all tests (unit, agents, evaluation, integration)

test-unit: setup ## pure tests, in seconds
	@$(PYTEST) -n auto --maxprocesses 4 tests/unit $(ARGS)

test-agents: setup ## the app in memory, without a broker
	@$(PYTEST) tests/agents $(ARGS)

test-evaluation: setup ## some hundred metamorphic cases
	@$(PYTEST) tests/evaluation $(ARGS)

test-integration: setup ## against a real embedded broker
	@$(PYTEST) -n auto --maxprocesses 2 --dist loadfile tests/integration $(ARGS)

test-kafka: setup ## the same against Apache Kafka, and Kafka's own: clusters, faults, security (Java 17, Maven)
	@$(PYTEST) -n auto --maxprocesses 2 --dist loadfile --broker kafka tests/integration tests/kafka $(ARGS)

chaos: setup ## an hour of faults on workers and broker, over real articles (ARGS='--workers 2 --seed 7')
	@$(BIN)/python -m tests.chaos $(ARGS)

test-browser: setup ## the board in a real browser (Chromium)
	@$(PYTEST) tests/browser $(ARGS)

test-operation: setup ## compose file, image, Prometheus' rules (Debian's prometheus, prometheus-alertmanager, buildah, mmdebstrap)
	@$(PYTEST) tests/operation $(ARGS)

test-versions: $(UV) ## all tests on Python 3.11, 3.12 and 3.13
	@pythons=; for version in $(VERSIONS); do \
	  python=$$(PATH="$(PYENV_BINS):$$PATH" $(UV) python find --system --no-project --no-python-downloads $$version 2>/dev/null) \
	    && pythons="$$pythons $$version=$$python" \
	    || { echo "Python $$version is absent: 'uv python install $$version' gets it" >&2; absent=1; }; \
	done; [ -z "$$absent" ] || exit 1; \
	for found in $$pythons; do \
	  echo "Python $${found%%=*}"; \
	  $(MAKE) --no-print-directory test VENV=.venv-$${found%%=*} PYTHON="$${found#*=}" || exit 1; \
	done

kafka: setup ## an Apache Kafka to play with (Java 17, Maven; ARGS='--nodes 3 --secure')
	@$(BIN)/python -m deploy.kafka $(ARGS)

screenshots: setup ## pictures of every page of the board, into ./screenshots (Chromium; ARGS=FOLDER for another)
	@$(BIN)/python -m tests.browser.screenshots $(ARGS)

bench: setup ## measure the stream on real articles and write docs/benchmarks.md
	@$(BIN)/python -m tests.benchmarks $(ARGS)

bench-board: setup ## measure the board: rebuild, questions, page weight, 300 readers (docs/benchmarks.md)
	@$(BIN)/python -m tests.benchmarks.board $(ARGS)

bench-cost: setup ## measure what an update costs the pure code (docs/benchmarks.md)
	@$(BIN)/python -m tests.benchmarks.cost $(ARGS)

bench-sources: setup ## measure feeds against the bare parser, and the schedule of 5,000 sources (docs/benchmarks.md)
	@$(BIN)/python -m tests.benchmarks.sources $(ARGS)

evaluate: setup ## how well it understands: stories, real revisions, metamorphic cases (docs/evaluation.md)
	@$(BIN)/python -m tests.evaluation $(ARGS)

check: setup ## formatting, lint and types
	@$(BIN)/ruff format --check -q . || { echo "not formatted: run 'make format'" >&2; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy

format: setup ## format the code, and mend what the linter can
	@$(BIN)/ruff check -q --fix-only .
	@$(BIN)/ruff format -q .

schemas: setup ## write the JSON Schemas and the AsyncAPI document anew from the models
	@$(BIN)/python -m schemas.generate

metrics: setup ## write docs/metrics.md anew from the code
	@$(BIN)/python -m deploy.prometheus.metrics

image: ## the image of deploy/Dockerfile, without an engine (Debian, as root: buildah, mmdebstrap)
	@deploy/image.sh

dashboards: setup ## write Grafana's dashboards from deploy/grafana
	@$(BIN)/python -m deploy.grafana.dashboards

lock: $(UV) ## lock the dependencies of pyproject.toml anew (LOCK_FLAGS=--upgrade takes newer versions)
	@$(COMPILE) pyproject.toml --extra embedded --group dev -o requirements/dev.txt
	@$(COMPILE) pyproject.toml --extra embedded -c requirements/dev.txt -o requirements/embedded.txt
	@$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/base.txt
	@$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt
	@$(COMPILE) --group uv -o requirements/uv.txt

# The environment is made once and then only brought in step with the lock.
$(VENV)/.ready: requirements/dev.txt pyproject.toml | $(UV)
	@$(VENV)/bin/python -c '$(FITS)' 2>/dev/null || { $(check-python) && echo "setting up $(VENV)" \
	  && $(UV) venv -q --clear --no-project --python '$(PYTHON)' $(VENV); }
	@VIRTUAL_ENV=$(VENV) $(UV) pip sync -q --compile-bytecode --require-hashes --only-binary :all: requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(UV) pip install -q --no-deps --no-build-isolation --editable .
	@touch $@

# uv in an environment of its own: Debian's and Homebrew's Python refuse a plain `pip install`.
.uv/bin/uv: requirements/uv.txt
	@$(check-python)
	@'$(PYTHON)' -m venv --clear .uv || { echo "'$(PYTHON)' cannot make a virtual environment: install python3-venv" >&2; exit 1; }
	@.uv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

define check-python
{ '$(PYTHON)' -c '$(FITS)' 2>/dev/null \
  || { echo "wiredelta needs Python 3.11, 3.12 or 3.13," \
    "$(if $(PYTHON),and $(PYTHON) is none of them,and none is on the PATH): make setup PYTHON=/path/to/python3.12" >&2; exit 1; }; }
endef
