#!/usr/bin/env bash
# Installs one instance as a service, on Debian 12 or Ubuntu 24.04, as root.
#
#   install.sh [--instance N] [--jar FILE]   installs, or brings an installation up to date
#   install.sh --upgrade JAR                 installs another jar, and keeps the one before
#   install.sh --rollback                    changes back to the jar before
#   install.sh --uninstall [--purge]         removes the program; --purge: also configuration, data and user
#   install.sh --dry-run …                   says what it would do, and changes nothing
#
# --instance N takes deploy/instance-N.env (default 1), --jar FILE another jar than target/judgment-harvester.jar
# beside deploy/; where there is none, the installed jar stays.
#
#   /opt/judgment-harvester       the program: jar, flags of the JVM, class data archive, the command "harvester"
#   /etc/judgment-harvester       the configuration; what is there is never overwritten
#   /var/lib/judgment-harvester   ledger, spool, logs, temporary files
#   /etc/systemd/system           the unit
#
# With DESTDIR, all this lies below that folder; no user is made, and nothing is fetched, enabled or started.
set -euo pipefail

name=judgment-harvester
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${DESTDIR:-}
opt=$root/opt/$name
etc=$root/etc/$name
var=$root/var/lib/$name
unit=$root/etc/systemd/system/$name.service
jar=$opt/$name.jar
previous=$opt/$name.previous.jar
archive=$opt/$name.jsa
previous_archive=$opt/$name.previous.jsa
ledger=$var/data/ledger.db

action=install
dry=false
purge=false
instance=
source=$here/../target/$name.jar
changed=false

# One line on stderr; exit code 2 for a mistake of the caller, 1 for a fault of the machine.
stop() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

say() {
  if $dry; then echo "would: $1"; else echo "$1"; fi
}

# Every change of the machine goes through here.
run() {
  $dry || "$@"
}

# --- options

choose() {
  [ "$action" = install ] || stop "--$action and --$1: expected one of them"
  action=$1
}

file_of() { # option, file
  [ -n "${2:-}" ] || stop "$1: expected a jar behind it"
  if [ ! -f "$2" ] || [ ! -r "$2" ] || [ ! -s "$2" ]; then
    stop "$1: \"$2\" is not a file that can be read; expected a jar"
  fi
  source=$(realpath "$2") # it is tried from another folder
}

read_options() {
  local given_jar=false
  while [ $# -gt 0 ]; do
    case $1 in
      --dry-run) dry=true ;;
      --instance)
        [ -n "${2:-}" ] || stop "--instance: expected a number behind it"
        instance=$2
        shift
        ;;
      --jar)
        file_of "$1" "${2:-}"
        given_jar=true
        shift
        ;;
      --upgrade)
        choose upgrade
        file_of "$1" "${2:-}"
        shift
        ;;
      --rollback) choose rollback ;;
      --uninstall) choose uninstall ;;
      --purge) purge=true ;;
      --help | -h)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
      *) stop "$1: unknown; expected --dry-run, --instance N, --jar FILE, --upgrade JAR, --rollback, --uninstall or --purge" ;;
    esac
    shift
  done
  if $purge && [ "$action" != uninstall ]; then stop '--purge: expected together with --uninstall'; fi
  if [ "$action" != install ]; then
    [ -z "$instance" ] || stop "--instance: not expected with --$action"
    if $given_jar; then stop "--jar: not expected with --$action"; fi
  fi
}

# --- checks, before anything is changed

require_root() {
  [ -n "$root" ] || $dry || [ "$(id -u)" = 0 ] || stop 'must run as root: sudo deploy/install.sh …'
}

require_systemd() {
  [ -n "$root" ] || $dry || [ -d /run/systemd/system ] ||
    stop 'systemd does not run here; expected a machine that it started, or DESTDIR' 1
}

require_sources() {
  local file instances
  for file in "$here/$name.service" "$here/harvester" "$here/application.properties" "$here/../jvm.options"; do
    [ -r "$file" ] || stop "$file is missing; expected the folder deploy/ as a whole, and jvm.options beside it"
  done
  instances=$(find "$here" -name 'instance-*.env' | sed 's/.*instance-//; s/\.env$//' | sort -n | paste -sd ' ')
  [[ ${instance:-1} =~ ^[0-9]+$ && -r $here/instance-${instance:-1}.env ]] ||
    stop "--instance: \"$instance\" has no file $here/instance-$instance.env; expected one of: $instances"
  # on a server without the sources, what is installed stays
  if [ ! -e "$source" ] && [ -f "$jar" ]; then source=$jar; fi
  [ -s "$source" ] || stop "$source is missing; expected a built jar (./harvester release), or --jar FILE"
}

require_installation() {
  [ -f "$jar" ] || stop "$jar is missing; expected an installation: run install.sh without --$action first"
}

java_version() {
  java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

require_java() {
  [ -z "$root" ] || return 0
  local version=0
  if command -v java >/dev/null; then version=$(java_version); fi
  if [ "${version:-0}" -lt 17 ]; then
    command -v apt-get >/dev/null || stop 'Java 17 is missing; expected it, or Debian or Ubuntu to install it on' 1
    say 'installs openjdk-17-jre-headless'
    run fetch_java
  fi
}

fetch_java() {
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openjdk-17-jre-headless; } \
    >/dev/null 2>&1 || stop 'this failed: apt-get install -y openjdk-17-jre-headless' 1
}

# A jar that does not even say its version must not take the place of one that runs.
require_good_jar() { # file
  [ -z "$root" ] && command -v java >/dev/null || return 0
  (cd / && env -i PATH="$PATH" java -Xmx64m -jar "$1" --version) 2>/dev/null | grep -q "$name" ||
    stop "\"$1\" does not run as $name; expected its jar, whole"
}

# --- the parts of an installation

make_user() {
  [ -z "$root" ] || return 0
  if ! getent passwd $name >/dev/null; then
    say "makes the user $name"
    run useradd --system --user-group --home-dir "$var" --no-create-home --shell /usr/sbin/nologin $name
  fi
}

own() { # file of the service's user
  [ -n "$root" ] || run chown $name:$name "$1"
}

folder() { # mode, path
  [ -d "$2" ] || say "makes $2"
  run install -d -m "$1" "$2"
}

write() { # mode, path, content
  if [ -f "$2" ] && [ "$(cat "$2")" = "$3" ]; then
    run chmod "$1" "$2"
    return
  fi
  say "writes $2"
  changed=true
  $dry && return
  install -m "$1" /dev/null "$2.new"
  printf '%s\n' "$3" >"$2.new"
  mv -f "$2.new" "$2"
}

configuration() { # template, path
  if [ -e "$2" ]; then
    echo "keeps $2"
    return
  fi
  say "writes $2"
  run install -m 600 "$1" "$2"
  own "$2"
}

# The unit's quota is for one processor; systemd counts 100% for each.
unit_for_this_machine() {
  sed "s/^CPUQuota=80%\$/CPUQuota=$((80 * $(nproc)))%/" "$here/$name.service"
}

put_jar() { # file
  if [ -f "$jar" ]; then
    if cmp -s "$1" "$jar"; then return; fi
    say "keeps the jar before as $previous"
  fi
  say "installs $1 as $jar"
  changed=true
  run install -m 644 "$1" "$jar.new"
  keep_ledger
  [ ! -f "$jar" ] || run mv -f "$jar" "$previous"
  run rm -f "$previous_archive"
  [ ! -f "$archive" ] || run mv -f "$archive" "$previous_archive"
  run mv -f "$jar.new" "$jar"
}

# A later version may change the ledger's tables, and the previous version then refuses it.
keep_ledger() {
  [ -f "$ledger" ] && [ -f "$jar" ] || return 0
  stop_service
  say "keeps the ledger as $ledger.before-upgrade"
  run cp -p "$ledger" "$ledger.before-upgrade"
}

# With the classes of a first run in an archive, the program starts in half the time. It is valid for
# this jar at this place and for this JVM only; a JVM that cannot use it does without.
make_archive() {
  [ -z "$root" ] || return 0
  if [ "$archive" -nt "$jar" ] && [ "$archive" -nt "$(readlink -f "$(command -v java)")" ]; then return; fi
  say "makes $archive"
  $dry && return
  local work=$var/tmp/first-run
  rm -rf "$work" "$archive"
  install -d -m 700 "$work"
  own "$work"
  if (cd "$work" && timeout 180 runuser -u $name -- env -i PATH="$PATH" HOME="$var" API_PORT=0 MANAGEMENT_PORT=0 \
    java "@$opt/jvm.options" -XX:TieredStopAtLevel=1 "-Djava.io.tmpdir=$work" "-Djna.tmpdir=$work" "-XX:ArchiveClassesAtExit=$work/made.jsa" \
    -jar "$jar" demo --pages 1 --exit-when-done) >/dev/null 2>&1 && [ -s "$work/made.jsa" ]; then
    install -m 644 "$work/made.jsa" "$archive"
  else
    echo 'install.sh: the class data archive could not be made; the program starts without it, more slowly' >&2
  fi
  rm -rf "$work"
}

# --- the service

was_active=false

stop_service() {
  [ -z "$root" ] && systemctl is-active --quiet $name || return 0
  was_active=true
  say "stops $name"
  run systemctl stop $name
}

# Type=simple is active as soon as it is executed; whether it stays active shows in the seconds after.
start_service() {
  [ -z "$root" ] || return 0
  say "starts $name"
  $dry && return
  was_active=false
  systemctl restart $name
  local second
  for second in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    systemctl is-active --quiet $name && continue
    journalctl -u $name -n 3 -o cat --no-pager >&2 || true
    stop "$name does not start (second $second); see journalctl -u $name" 1
  done
}

# Whatever fails in between, an instance that was running must run again.
start_again() {
  if $was_active; then run systemctl start $name; fi
}
trap start_again EXIT

# --- actions

install_all() {
  local is_new=true
  [ -e "$etc/application.properties" ] && is_new=false
  require_java
  require_good_jar "$source"

  make_user
  folder 755 "$opt"
  folder 700 "$etc"
  folder 700 "$var"
  folder 700 "$var/tmp"
  folder 755 "$(dirname "$unit")"
  for path in "$etc" "$var" "$var/tmp"; do own "$path"; done

  configuration "$here/application.properties" "$etc/application.properties"
  if [ -n "$instance" ] && [ -f "$etc/.env" ] && ! grep -q "^HARVEST_INSTANCE_ID=$instance *$" "$etc/.env"; then
    echo "install.sh: --instance $instance changes nothing: $etc/.env is there already; edit it" >&2
  fi
  configuration "$here/instance-${instance:-1}.env" "$etc/.env"
  configuration "$here/jvm.options" "$etc/jvm.options"

  write 644 "$opt/jvm.options" "$(cat "$here/../jvm.options")"
  write 755 "$opt/harvester" "$(cat "$here/harvester")"
  put_jar "$source"
  make_archive
  write 644 "$unit" "$(unit_for_this_machine)"
  $changed || echo "$name is up to date"

  [ -z "$root" ] || return 0
  run systemctl daemon-reload
  if ! systemctl is-enabled --quiet $name 2>/dev/null; then
    say "enables $name"
    run systemctl enable --quiet $name
  fi
  if $is_new; then
    $dry || next_steps
  elif $changed || ! systemctl is-active --quiet $name; then
    start_service
  fi
}

next_steps() {
  cat <<END

Installed. What is left on this server:
  1. edit $etc/application.properties (the portal, the bucket: the same on all servers)
     and $etc/.env (the number of this instance, credentials)
  2. $opt/harvester check
  3. systemctl start $name
  4. $opt/harvester start 1
END
}

upgrade() {
  require_good_jar "$source"
  if cmp -s "$source" "$jar"; then
    echo "$source is installed already"
    return
  fi
  put_jar "$source"
  make_archive
  if $was_active; then start_service; fi
  say 'done; back to the version before: install.sh --rollback'
}

exchange() { # two files, which may be missing
  [ ! -f "$1" ] || run mv -f "$1" "$1.new"
  [ ! -f "$2" ] || run mv -f "$2" "$1"
  [ ! -f "$1.new" ] || run mv -f "$1.new" "$2"
}

rollback() {
  [ -f "$previous" ] || stop "$previous is missing; expected an upgrade before --rollback"
  stop_service
  say "changes $jar and $previous"
  exchange "$jar" "$previous"
  exchange "$archive" "$previous_archive" # each is valid for its own jar
  make_archive
  if [ -f "$ledger.before-upgrade" ]; then
    echo "If this version says that the ledger has a newer schema, stop it, put the one from before the upgrade in place,"
    echo "and start it; what was harvested since is found in the bucket: cp -p $ledger.before-upgrade $ledger"
  fi
  if $was_active; then start_service; fi
}

remove() { # path
  [ -e "$1" ] || return 0
  say "removes $1"
  run rm -rf "$1"
}

uninstall() {
  if [ -z "$root" ] && [ -f "$unit" ]; then
    say "stops and disables $name"
    run systemctl disable --quiet --now $name
  fi
  remove "$unit"
  remove "$opt"
  [ -n "$root" ] || run systemctl daemon-reload
  if $purge; then
    remove "$etc"
    remove "$var"
    if [ -z "$root" ] && getent passwd $name >/dev/null; then
      say "removes the user $name"
      run userdel $name
    fi
  else
    for path in "$etc" "$var"; do
      [ ! -d "$path" ] || echo "keeps $path (--purge removes it)"
    done
  fi
}

read_options "$@"
# what the caller can fix comes before what the machine lacks
case $action in
  install) require_sources ;;
  upgrade | rollback) require_installation ;;
esac
require_root
require_systemd
case $action in
  install) install_all ;;
  upgrade) upgrade ;;
  rollback) rollback ;;
  uninstall) uninstall ;;
esac
