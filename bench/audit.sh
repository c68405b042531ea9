#!/usr/bin/env bash
# How long does an audit of all pages take, and how much memory? See README.md.
#   bench/audit.sh [PAGES [ROWS [LOSE]]]     170000 pages of 100 rows by default; of LOSE objects one is missing
set -euo pipefail
# shellcheck source=bench/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

pages=${1:-170000} rows=${2:-100} lose=${3:-0}
build
work=$home/target/bench-audit
mkdir -p "$work/tmp"

coproc store { exec java -Xmx256m -Dsun.net.httpserver.nodelay=true "$bench/AuditStore.java" "$pages" "$rows" "$lose"; }
trap 'kill "$store_PID" 2>/dev/null || true' EXIT
read -r port <&"${store[0]}"

export S3_ENDPOINT=http://127.0.0.1:$port S3_BUCKET=bench AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench
export HARVEST_PAGES=$pages HARVEST_PAGE_SIZE=$rows HARVEST_DATA_DIR=$work/none
cd "$work"
mapfile -t options < <(grep -v '^#' "$home/jvm.options")
start=$(date +%s)
status=0
java "${options[@]}" -Djava.io.tmpdir="$work/tmp" -jar "$home/target/judgment-harvester.jar" audit --all &
audit=$!
peak=0 disk=0 ticks=0
while kill -0 "$audit" 2>/dev/null; do
  resident=$(awk '/^VmHWM/ {print $2}' "/proc/$audit/status" 2>/dev/null) || true
  spent=$(awk '{print $14 + $15}' "/proc/$audit/stat" 2>/dev/null) || true
  used=$(du -sk "$work/tmp" 2>/dev/null | cut -f1) || true
  peak=${resident:-$peak} ticks=${spent:-$ticks}
  [ "${used:-0}" -le "$disk" ] || disk=$used
  sleep 1
done
wait "$audit" || status=$?
end=$(date +%s)
printf 'exit %d after %d min %02d s, CPU %d s, peak RSS %d MiB, temporary file %d MiB\n' \
  "$status" $(((end - start) / 60)) $(((end - start) % 60)) $((ticks / $(getconf CLK_TCK))) \
  $((peak / 1024)) $((disk / 1024))
