#!/usr/bin/env bash
# Rehearses a month on four servers in a minute or two, on this machine alone: installing, a host that is cut off,
# one that is lost and rebuilt from the bucket, an upgrade and its rollback, the audit at the end.
#
#   deploy/rehearsal.sh [JAR [NEXT-JAR]]     as root
#
# JAR is target/judgment-harvester.jar unless given; the upgrade goes to NEXT-JAR, or else to a copy of JAR that calls
# itself by another version.
#
# Each host is a set of namespaces with an address, a name, an /etc, an /opt and a /var of its own. install.sh installs
# it, nginx.conf and nftables.conf stand in front of it, and the unit starts it (rehearsal/systemctl reads the unit in
# systemd's place, without its limits and its sandbox). The portal, the store and the desk for alerts are outside.
# Nothing on this machine is changed, and nothing is left: all of it is inside namespaces that end with this script.
#
# Exit code: 0 all went as it should; 1 something did not, and where its logs are; 2 no rehearsal is possible here.
set -euo pipefail

name=judgment-harvester
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin

pages=132
page_size=10
documents=$((pages * page_size))
assignment=1-17,18-34,35-51,52-66
key=the-key-of-the-rehearsal
outside=10.77.0.100

stop() {
  echo "rehearsal.sh: $1" >&2
  exit 2
}

say() {
  printf '%3d s  %s\n' "$SECONDS" "$1"
}

fail() {
  say "FAILED: $1" >&2
  exit 1
}

# shellcheck source=deploy/rehearsal/hosts.sh
. "$here/rehearsal/hosts.sh"

# --- outside of the namespaces: checks, and the folder that all of it lives in

check_machine() {
  local command
  [ "$(id -u)" = 0 ] || stop 'must run as root: hosts of their own are network namespaces'
  for command in ip unshare nsenter setpriv nft nginx keytool openssl curl python3; do
    command -v $command >/dev/null || stop "$command is missing; expected it (Debian: iproute2 util-linux nftables nginx-light openjdk-17-jre-headless openssl curl python3)"
  done
  [ -x /usr/bin/java ] || stop '/usr/bin/java is missing; expected Java 17 there, because the hosts share /usr with this machine'
  unshare --net --mount --uts --pid --fork --kill-child --mount-proc ip link add rehearsal type bridge 2>/dev/null ||
    stop 'namespaces, or bridges in them, cannot be made on this machine: nothing was rehearsed'
}

enter() { # jar, next jar
  local jar=${1:-$here/../target/$name.jar} next=${2:-} code=0
  check_machine
  [ -s "$jar" ] || stop "$jar is missing; expected the jar to rehearse with (mvn -DskipTests package)"
  if [ -n "$next" ] && [ ! -s "$next" ]; then stop "$next is missing; expected the jar to upgrade to"; fi
  work=$(mktemp -d "${TMPDIR:-/tmp}/rehearsal.XXXXXX")
  inside=
  trap leave EXIT
  trap 'exit 130' INT TERM
  mkdir "$work/desk"
  cp "$jar" "$work/desk/$name.jar"
  if [ -n "$next" ]; then cp "$next" "$work/desk/next.jar"; fi
  # if this script is killed, everything inside ends with it
  setpriv --pdeathsig KILL unshare --net --mount --uts --pid --fork --kill-child --mount-proc \
    bash "$here/rehearsal.sh" --inside "$work" &
  inside=$!
  wait $inside || code=$?
  if [ $code = 1 ]; then
    local logs
    logs=$(mktemp -d "${TMPDIR:-/tmp}/rehearsal-failed.XXXXXX")
    find "$work" \( -name '*.log' -o -name alerts -o -name fetched \) -exec cp --parents {} "$logs" \;
    echo "the logs are in $logs" >&2
  fi
  exit $code
}

leave() {
  if [ -n "$inside" ]; then kill -KILL "$inside" 2>/dev/null || true; fi
  rm -rf "$work"
}

# --- looking

await() { # what shall be, command that says whether it is
  local end=$((SECONDS + 180)) what=$1
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "$what: it did not come to that in time"
    sleep 0.2
  done
}

manifests() {
  find "$work/store/judgments/manifests" -name 'page-*.jsonl' 2>/dev/null | wc -l
}

has_manifests() { # number
  [ "$(manifests)" -ge "$1" ]
}

# since a host last went down or came back
witnessed() { # words
  tail -n +$((mark + 1)) "$work/witness.log" | grep -q "$1"
}

await_answer() { # host
  await "h$1 answers (journal: $(on "$1" journalctl | tail -n 1))" answers "$1"
}

answers() { # host
  curl -sf -o /dev/null --max-time 2 --cacert "$work/fleet.pem" "https://h$1.example/api/health"
}

listens() { # port outside
  (: <"/dev/tcp/$outside/$1") 2>/dev/null
}

next_version() {
  java -jar "$work/desk/next.jar" --version | sed 's/.* //'
}

version_of() { # host
  curl -sf --cacert "$work/fleet.pem" -H "X-API-Key: $key" "https://h$1.example/api/instance/info" |
    sed 's/.*"version":"\([^"]*\)".*/\1/'
}

# --- the rehearsal

install_fleet() {
  local host
  boot 1
  install_on 1
  harvester 1 check >"$work/check.log" 2>&1 || fail "h1: check: $(grep -m 1 PROBLEM "$work/check.log")"
  say 'h1 is installed, and check says that all is well'
  for host in 2 3 4; do from_image $host; done
  local installing=()
  for host in 2 3 4; do
    install_on $host &
    installing+=($!)
  done
  for host in "${installing[@]}"; do wait "$host" || exit 1; done
  for host in 1 2 3 4; do
    is_now $host there
    on $host systemctl start $name
  done
  for host in 1 2 3 4; do await_answer $host; done
  python3 "$here/rehearsal/witness.py" "$work" $key $documents $page_size 66 $assignment >>"$work/witness.log" 2>&1 &
  witness=$!
  start_scripts 1
  for host in 2 3 4; do
    api $host POST /api/scripts/start '{"num_scripts":17,"delay":0}' || fail "h$host: its scripts are not started"
  done
  say 'four hosts are installed, and run 66 scripts'
}

rate() { # requests a second, host …
  local rate=$1 host
  shift
  for host in "$@"; do
    api "$host" PUT /api/governor "{\"rate\":$rate}" || fail "h$host: PUT /api/governor is refused"
  done
}

api() { # host, method, path, body
  in_host "$1" curl -sf -o /dev/null --max-time 30 -X "$2" -H "X-API-Key: $key" -H 'Content-Type: application/json' \
    -d "$4" "http://127.0.0.1:5000$3"
}

cut_off() { # host
  local host=$1
  is_now "$host" away
  ip link set "port-h$host" down
  say "h$host is cut off from everything"
  await "/unified shows h$host as unreachable" witnessed "h$host is shown as unreachable"
  await "h$host itself shows the three others as unreachable" sees_nobody "$host"
  rate 50 "$host" # nothing comes, and that is seen when all rows of a page have been tried
  await "the scripts of h$host wait for the portal" waits_for_the_portal "$host"
  await "an alert tells of h$host" alerted peer open "h$host.example"
  sleep 5 # so that the alert of h$host itself is due, which it can send only later
  say "h$host is shown as unreachable, and an alert tells it; itself, it shows the others so, and its scripts wait"
  rate 0.5 "$host"
  is_now "$host" there
  ip link set "port-h$host" up
  await "/unified shows h$host again" witnessed "h$host is shown with its figures"
  say "h$host is back, and shown with its figures"
}

own_status() { # host, path
  in_host "$1" curl -sf --max-time 10 -H "X-API-Key: $key" "http://127.0.0.1:5000$2"
}

sees_nobody() { # host
  [ "$(own_status "$1" /api/fleet | grep -o '"reachable":false' | wc -l)" = 3 ]
}

waits_for_the_portal() { # host
  own_status "$1" /api/status | grep -q '"waiting_reason":"portal"'
}

# All its processes end at once, and its disk is gone.
lose() { # host
  is_now "$1" away
  kill -KILL "${first[$1]}"
  ip link del "port-h$1" 2>/dev/null || true
  rm -rf "${work:?}/h$1"
  say "h$1 is lost, with its disk"
  await "an alert tells of h$1" alerted peer open "h$1.example"
}

rebuild() { # host
  from_image "$1"
  install_on "$1"
  harvester "$1" rebuild >"$work/h$1-rebuild.log" 2>&1 || fail "h$1: rebuild: $(tail -n 1 "$work/h$1-rebuild.log")"
  is_now "$1" changing
  on "$1" systemctl start $name
  await "/unified shows h$1 again" witnessed "h$1 is shown with its figures"
  is_now "$1" there
  start_scripts "$1"
  say "h$1 is installed anew and goes on: $(grep -m 1 restored "$work/h$1-rebuild.log")"
}

change_version() { # host, expected version, option of install.sh …
  local host=$1 version=$2
  shift 2
  is_now "$host" changing
  on "$host" deploy/install.sh "$@" >>"$work/h$host-install.log" 2>&1 ||
    fail "h$host: install.sh $*: $(tail -n 1 "$work/h$host-install.log")"
  await_answer "$host"
  is_now "$host" there
  [ "$(version_of "$host")" = "$version" ] || fail "h$host: install.sh $*: it runs version $(version_of "$host"); expected $version"
  say "h$host: install.sh $1: it runs version $version"
}

# For the witness: the facts.
is_now() { # host, away, changing (may be there or not) or there
  mark=$(wc -l <"$work/witness.log")
  echo "$2" >"$work/truth/h$1"
}

everything_is_there() {
  local twice
  await 'all scripts complete' witnessed 'all 66 scripts are shown as completed'
  harvester 1 audit --all >"$work/audit.log" 2>&1 || fail "audit --all: $(head -n 1 "$work/audit.log")"
  say "audit --all: $(head -n 1 "$work/audit.log")"
  touch "$work/over"
  wait $witness || fail 'the witness of /unified failed'
  ! grep -q WRONG "$work/witness.log" || fail "/unified: $(grep -m 1 WRONG "$work/witness.log")"
  say "/unified told the truth: $(tail -n 1 "$work/witness.log" | cut -c 8-)"
  twice=$(($(wc -l <"$work/fetched") - $(sort -u "$work/fetched" | wc -l)))
  # what was in transit at the cut and at the loss, by eight at a time
  [ $twice -le 16 ] || fail "$twice documents were fetched twice; expected those in transit alone, 16 at most"
  say "documents that were fetched twice: $twice"
}

# Each is a line of JSON; its text names the peer, and instance is who tells it.
alerted() { # kind, state, further words
  grep "\"kind\":\"$1\",\"state\":\"$2\"" "$work/alerts" | grep -q "$3"
}

alerts_came() {
  local host kind
  for host in 2 3; do
    await "an alert tells that h$host is back" alerted peer closed "h$host.example"
  done
  await 'h2 tells, once it can, that its scripts waited' alerted script_waiting open '"instance":2,'
  for host in 1 2 3 4; do
    await "an alert tells that h$host is done" alerted harvest_completed open "\"instance\":$host,"
  done
  for kind in script_error audit; do
    ! alerted $kind open '' || fail "an alert came that should not: $(grep -m 1 "\"$kind\"" "$work/alerts")"
  done
  say "the desk got $(wc -l <"$work/alerts") alerts: of h2 and h3 that were away and came back, of the end of all scripts"
}

run_inside() {
  local version
  work=$1
  declare -A first
  make_network
  fill_desk
  outside_world
  say "portal ($documents documents on $pages pages) and store are there"
  install_fleet
  version=$(version_of 4)
  rate 20 1 2 3
  {
    change_version 4 "$(next_version)" --upgrade next.jar
    change_version 4 "$version" --rollback
  } &
  local upgrade=$!
  await 'a fifth is done' has_manifests $((pages / 5))
  rate 0.5 1 2 3 # what comes now must not outlast the harvest, also on a machine that does much else
  say "$(manifests) of $pages pages are done"
  cut_off 2
  lose 3
  rebuild 3
  wait $upgrade || exit 1
  rate 50 1 2 3 4
  everything_is_there
  alerts_came
  say 'all went as it should'
}

if [ "${1:-}" = --inside ]; then
  run_inside "$2"
else
  case ${1:-} in
    --help | -h) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" ;;
    -*) stop "$1: unknown; expected [JAR [NEXT-JAR]]" ;;
    *) enter "$@" ;;
  esac
fi
