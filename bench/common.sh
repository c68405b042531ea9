# shellcheck shell=bash
# Shared by the benchmarks, which source it.
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(dirname "$bench")
export PATH=$PATH:/usr/sbin PYTHONDONTWRITEBYTECODE=1

# One line on stderr, nothing else; exit 2.
stop() {
  printf '%s\n' "$1" >&2
  exit 2
}

# installs Debian packages, or says the one line that would
install() {
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null || stop "missing, as Debian calls it: $*; install it and try again"
  [ "$(id -u)" = 0 ] || stop "install what is missing with: sudo apt-get install -y --no-install-recommends $*"
  echo "installing $* …" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >/dev/null 2>&1 || stop "this failed: apt-get install -y --no-install-recommends $*"
}

# installs those of these programs that are missing
require() {
  local program missing=()
  for program; do
    command -v "$program" >/dev/null || missing+=("$(package_of "$program")")
  done
  install ${missing[@]+"${missing[@]}"}
}

package_of() {
  case $1 in
    nginx) echo nginx-light ;;
    javac) echo openjdk-17-jdk-headless ;;
    aria2c) echo aria2 ;;
    prlimit) echo util-linux ;;
    *) echo "$1" ;;
  esac
}

# builds the jar when it is missing or older than its sources, unless only the help is wanted
build() {
  case " $* " in
    *' --help '* | *' -h '*) ;;
    *) "$home/harvester" --version >/dev/null ;;
  esac
}
