# shellcheck shell=bash disable=SC2034
# What install.sh, update.sh and uninstall.sh share. POSIX tools and bash 4; nothing is downloaded here but by npm.

# Where things lie. WATTKEEP_ROOT puts all of it below another folder, for a look before the real thing.
ROOT="${WATTKEEP_ROOT:-}"
PROGRAM="$ROOT/opt/wattkeep"
RELEASES="$PROGRAM/releases"
CURRENT="$PROGRAM/current"
CONFIG_FOLDER="$ROOT/etc/wattkeep"
CONFIG="$CONFIG_FOLDER/wattkeep.yaml"
DATA="$ROOT/var/lib/wattkeep"
UNIT="$ROOT/etc/systemd/system/wattkeep.service"
COMMAND="$ROOT/usr/local/bin/wattkeep"
ACCOUNT=wattkeep
LEAST_NODE="20.19.0"
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
  printf '\ninstall: %s\n' "$*" >&2
  exit 1
}

need_root() {
  [ -n "$ROOT" ] || [ "$(id -u)" = 0 ] || fail "This changes the system: run it with sudo."
}

# True where $1 is version $2 or newer.
is_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

need_node() {
  NODE="${WATTKEEP_NODE:-$(command -v node || true)}"
  if [ -z "$NODE" ] && [ -z "$ROOT" ] && command -v apt-get >/dev/null; then
    candidate="$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9.]*\).*/\1/p')"
    if [ -n "$candidate" ] && is_at_least "$candidate" "$LEAST_NODE"; then
      step "Installing Node.js $candidate"
      DEBIAN_FRONTEND=noninteractive apt-get install -y -q nodejs npm
      NODE="$(command -v node)"
    fi
  fi
  [ -n "$NODE" ] || fail "Node.js $LEAST_NODE or newer is needed and not here. Install it (https://nodejs.org/en/download), then run this again."
  version="$("$NODE" -p process.versions.node)"
  is_at_least "$version" "$LEAST_NODE" || fail "Node.js $LEAST_NODE or newer is needed, $NODE is $version. Install a newer one, then run this again."
  if [ -z "$ROOT" ] && is_in_a_home "$(readlink -f "$NODE")"; then
    fail "$NODE lies in a home folder, where a service cannot run it. Install Node.js for the whole system."
  fi
}

# The service runs under an account of its own, which cannot reach into anybody's home.
is_in_a_home() {
  getent passwd | awk -F: -v path="$1" '($3 == 0 || $3 >= 1000) && $6 != "/" && index(path, $6 "/") == 1 { found = 1 } END { exit !found }'
}

# A 32-bit system on a 64-bit board has no binaries of the database.
need_64_bit() {
  machine="$("$NODE" -p process.arch)"
  case "$machine" in
    x64 | arm64) ;;
    *) fail "Wattkeep needs a 64-bit system (x64 or arm64); this Node.js is built for $machine. On a Raspberry Pi write the 64-bit Raspberry Pi OS to the card." ;;
  esac
}

systemd_runs() {
  [ -z "$ROOT" ] && [ -d /run/systemd/system ]
}

# Puts the program into a folder of its own and builds it there: what runs is not touched before the new one is whole.
make_release() {
  release="$RELEASES/$(date -u +%Y%m%dT%H%M%SZ)"
  step "Building the program in $release"
  mkdir -p "$release"
  # It becomes readable by everybody and belongs to root: no secrets of a house that was tried out here go along, nor its owner.
  tar -C "$SOURCE" --exclude=./node_modules --exclude=./dist --exclude=./.git --exclude=./wattkeep-data --exclude=./.env --exclude=./secrets -cf - . |
    tar -C "$release" --no-same-owner -xf -
  (cd "$release" && npm ci --no-audit --no-fund --loglevel=error && "$NODE" tools/build.mjs && npm prune --omit=dev --no-audit --no-fund --loglevel=error) ||
    fail "The program could not be built; the lines above say why. Nothing that runs was changed."
  chmod -R go=rX,u=rwX "$release"
}

# One rename changes which release runs.
point_to() {
  ln -sfn "$1" "$CURRENT.new"
  mv -Tf "$CURRENT.new" "$CURRENT"
}

write_command() {
  mkdir -p "$(dirname "$COMMAND")"
  cat >"$COMMAND" <<SH
#!/bin/sh
# wattkeep: the command line, as the account the service runs under.
export WATTKEEP_CONFIG="\${WATTKEEP_CONFIG:-$CONFIG}"
program="\${WATTKEEP_RELEASE:-$CURRENT}/dist/wattkeep.js"
# What systemd hands over to the service is handed over here as well, by root alone: read as systemd reads it, never run.
if [ -r "$CONFIG_FOLDER/secrets.env" ]; then
  while IFS= read -r row || [ -n "\$row" ]; do
    case "\${row%%=*}" in "\$row" | "" | [0-9]* | *[!A-Za-z0-9_]*) continue ;; esac
    value="\${row#*=}"
    case "\$value" in \"*\" | \'*\') value="\${value#?}" && value="\${value%?}" ;; esac
    export "\${row%%=*}=\$value"
  done <"$CONFIG_FOLDER/secrets.env"
fi
if [ "\$(id -u)" = 0 ] && id $ACCOUNT >/dev/null 2>&1; then
  exec runuser -u $ACCOUNT -- "$NODE" "\$program" "\$@"
fi
exec "$NODE" "\$program" "\$@"
SH
  chmod 755 "$COMMAND"
}

# Where this computer reaches the pages, as the configuration has it, in one line or below http:; at port $1 where it does not say.
address_of_pages() {
  found="$(awk '/^http:/ { inside = 1 } /^[^ #]/ && !/^http:/ { inside = 0 }
    inside && match($0, /listen: *["\047]?[^ ,}"\047]+/) { print substr($0, RSTART, RLENGTH) }' "$CONFIG" | head -n 1 | tr -d "\"' ")"
  found="${found#listen:}"
  port="${found##*:}"
  host="${found%:*}"
  case "$host" in "" | "$port" | 0.0.0.0 | "[::]") host=127.0.0.1 ;; esac
  say "$host:${port:-$1}"
}

# Waits until it answers at $1, host:port; 90 seconds is what a Pi with years of data and a slow card may take.
wait_healthy() {
  for _ in $(seq 1 90); do
    if "$NODE" -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "http://$1/healthz" 2>/dev/null; then
      return 0
    fi
    sleep 1
  done
  return 1
}
