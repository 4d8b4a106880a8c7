# Two commands: `make site` builds the example portals, `make test` runs every check. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
# The examples are written as of this day; a real project leaves it out and gets today.
AS_OF ?= 2026-11-24

# Debian's packages, where something of the system is missing; as root or through sudo.
APT := S=; [ "$$(id -u)" = 0 ] || S=sudo; $$S apt-get update -q && $$S apt-get install -yq --no-install-recommends

.PHONY: site serve test lint browser bench clean

site: $(VENV)/.installed
	$(BIN)/portal build --as-of $(AS_OF) --site $(SITE)
	@echo "The portals are in $(SITE)/. To look at them, run:  $(PYTHON) -m http.server -d $(SITE)"
	@echo "and open  http://127.0.0.1:8000/harbor-clinic/  or  http://127.0.0.1:8000/yunhai-logistics/"

serve: $(VENV)/.installed
	$(BIN)/portal serve harbor-clinic --as-of $(AS_OF)

test: $(VENV)/.tested browser lint
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Ours beside other tools: all rows, or some. For example: make bench ROW=cold ARGS="--clients 10"
bench: $(VENV)/.tested browser
	$(BIN)/python -m tests.bench $(ROW) $(ARGS)

# Debian's own Chromium; a machine that has a browser already keeps it.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { $(APT) chromium fonts-noto-cjk; }

$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(APT) python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.tested: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install -q --group test
	@touch $@

clean:
	rm -rf $(VENV) $(SITE) build dist .portal/docs .mypy_cache .pytest_cache .ruff_cache .hypothesis
