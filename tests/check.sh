#!/usr/bin/env bash
# Format, lint, types and the one-way imports.
set -euo pipefail
tools=${1:-.venv-dev/bin}
"$tools/ruff" format --check --quiet src tests benchmarks
"$tools/ruff" check --quiet src tests benchmarks
"$tools/mypy"
"$tools/lint-imports"
