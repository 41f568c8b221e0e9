PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
CONSTRAINTS ?= --constraint constraints.txt
DEMO := demo
C := $(wildcard */*.[ch] */*/*.[ch] */*/*/*.[ch])

.PHONY: demo test check coverage format laws stores prism asan newest constraints wheels clean

# Sets up, then runs the main job on a small crawl and shows where each page went.
demo: $(SETUP)
	@$(BIN)/python -m tests.crawl $(DEMO)/crawl
	@$(BIN)/jingyu run demo --input $(DEMO)/crawl/crawl.warc.gz --input $(DEMO)/crawl/hostile.warc.gz --output $(DEMO)/out
	@$(BIN)/python -m tests.demo $(DEMO)/out

# Sets up, then runs all checks.
test: $(SETUP) check

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

# The tests once more, slower by a quarter: which lines and branches they take, with a floor.
coverage: $(SETUP)
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report term:skip-covered

format: $(SETUP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Shows the laws on inputs of one's own: make laws INPUT="crawl/*.warc.gz"
laws: $(SETUP)
	$(BIN)/python -m tests.benchmarks.laws $(INPUT)

# Shows the laws on a store, of a server on this machine: make stores STORES="gs --kills 20"
stores: $(SETUP)
	@$(BIN)/python -m tests.benchmarks.stores $(STORES)

# The whole road on Beam's portable runner, where its programs are: make prism PRISM="--kills 10"
prism: $(SETUP)
	@$(BIN)/python -m tests.benchmarks.prism $(PRISM)

# Builds the C once more with sanitizers, elsewhere, and feeds it what may break it:
# make asan ASAN="--seconds 600 --seed 7"
asan: $(SETUP)
	@$(BIN)/python -m tests.sanitizers $(ASAN)

# All checks with the newest versions of everything: what a scheduled job runs.
newest:
	$(MAKE) VENV=.venv-newest CONSTRAINTS= test coverage

# The versions that are installed now become those that CI takes.
constraints: $(SETUP)
	@head -2 constraints.txt > constraints.new
	@$(BIN)/pip freeze --exclude jingyu --exclude-editable >> constraints.new
	@mv constraints.new constraints.txt

# Builds a wheel with each Python from 3.11 on that is here, and loads its C from a clean folder.
wheels: $(SETUP)
	@$(BIN)/python -m tests.wheels

$(SETUP): pyproject.toml setup.py constraints.txt $(C)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Jingyu needs Python 3.11 or later; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet $(CONSTRAINTS) --editable '.[dev]'
	$(BIN)/python -m compileall -q configs filters pipeline schemas  # as pip does with what it copies
	@touch $(SETUP)

clean:
	rm -rf .venv .venv-newest build dist *.egg-info $(patsubst %.c,%.*.so,$(filter %.c,$(C))) $(DEMO) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
