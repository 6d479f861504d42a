#!/usr/bin/env bash
# Every check and every test: engine and office on SQLite, office again on PostgreSQL, pages in Chromium.
# A missing browser or database fails the run.
set -euo pipefail
tools=${1:-.venv-dev/bin}
bash tests/setup_browser.sh
bash tests/check.sh "$tools"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export CLEANCLAIM_HOME="$home/home" XDG_CACHE_HOME="${XDG_CACHE_HOME:-$home/cache}"
"$tools/python" -m pytest -p no:cacheprovider -n 2 --dist loadfile tests
"$tools/python" tests/on_postgres.py -m pytest -p no:cacheprovider -n 2 --dist loadfile tests/office
