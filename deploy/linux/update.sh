#!/usr/bin/env bash
# Puts the version of this folder in place of the one that runs: backs up, builds beside it, changes over, and goes back by itself when
# the new one does not answer. Configuration and data stay.
#
#   git pull            # or unpack the new version into a new folder
#   sudo deploy/linux/update.sh
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
case "${1:-}" in
  -h | --help) sed -n '2,/^set -/p' "$0" | sed '$d; s/^# \{0,1\}//' && exit 0 ;;
  "") ;;
  *) fail "$1 is not an option; see --help." ;;
esac

need_root
need_node
need_64_bit
[ -f "$CONFIG" ] || fail "Nothing is installed here yet: run install.sh."
port="$(sed -n 's/^http:.*listen: *"\{0,1\}[^:]*:\([0-9]*\).*/\1/p' "$CONFIG" | head -n 1)"

step "Backing up"
mkdir -p "$DATA/before-update"
[ -n "$ROOT" ] || chown "$ACCOUNT:$ACCOUNT" "$DATA/before-update"
"$COMMAND" backup --config "$CONFIG" "$DATA/before-update/$(date -u +%Y%m%dT%H%M%SZ).backup"

before="$(readlink "$CURRENT")"
make_release
step "Checking the configuration with the new version"
WATTKEEP_CONFIG="$CONFIG" "$NODE" "$release/dist/wattkeep.js" check --config "$CONFIG" || fail "The new version does not take the configuration; the old one runs on."

step "Changing over"
point_to "$release"
write_command
if systemd_runs; then
  systemctl restart wattkeep
  if ! wait_healthy "${port:-8080}"; then
    point_to "$before"
    systemctl restart wattkeep
    fail "The new version does not answer: $before runs again. See: journalctl -u wattkeep -n 100"
  fi
fi
say "$("$COMMAND" --version) is in place; before: $before"

# The one before stays, to go back to by hand; older ones go. What was never made here is not touched.
find "$RELEASES" -mindepth 1 -maxdepth 1 -type d | sort -r | tail -n +3 | while read -r old; do
  [ "$old" = "$before" ] || rm -rf "$old"
done
