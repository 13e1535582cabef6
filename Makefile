# Each target is one line for bootstrap.py, which can be called without make as well: python3 bootstrap.py run
PYTHON ?= python3
ARGS ?=

.PHONY: run test rehearse bench
run test rehearse bench:
	@$(PYTHON) bootstrap.py $@ $(ARGS)
