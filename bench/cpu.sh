#!/usr/bin/env bash
# bench/cpu.sh [OPTION …]   CPU a document of this build beside the bare loop, or beside an earlier build; --help lists the options
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require python3 nginx javac
build "$@"
exec python3 "$bench/cpu.py" "$@"
