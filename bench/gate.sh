#!/usr/bin/env bash
# bench/gate.sh --baseline JAR [OPTION …]   fails when this build needs more than 10 % more CPU a document, or memory, than
# an earlier one; --help lists the options. Exit 1: something is lost.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 nginx javac
build "$@"
exec python3 "$bench/cpu.py" --gate "$@"
