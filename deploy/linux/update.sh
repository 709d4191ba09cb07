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
pages="$(address_of_pages 8080)"

# That of an earlier version may not know yet what this one counts on.
write_command

step "Backing up"
mkdir -p "$DATA/before-update"
[ -n "$ROOT" ] || chown "$ACCOUNT:$ACCOUNT" "$DATA/before-update"
"$COMMAND" backup --config "$CONFIG" "$DATA/before-update/$(date -u +%Y%m%dT%H%M%SZ).backup"

before="$(readlink "$CURRENT")"
make_release
step "Checking the configuration with the new version"
WATTKEEP_RELEASE="$release" "$COMMAND" check --config "$CONFIG" || fail "The new version does not take the configuration; the old one runs on."

step "Changing over"
point_to "$release"
if systemd_runs; then
  # A new version that cannot even be started is one that does not answer.
  if ! systemctl restart wattkeep || ! wait_healthy "$pages"; then
    point_to "$before"
    systemctl restart wattkeep
    fail "The new version does not answer: $before runs again. See: journalctl -u wattkeep -n 100"
  fi
fi
say "$("$COMMAND" --version) is in place; before: $before"

# Backups of the last five updates stay.
find "$DATA/before-update" -mindepth 1 -maxdepth 1 -name '*.backup' | sort -r | tail -n +6 | while read -r old; do
  rm -f "$old"
done

# The one before stays, to go back to by hand; older ones go. What was never made here is not touched.
find "$RELEASES" -mindepth 1 -maxdepth 1 -type d | sort -r | tail -n +3 | while read -r old; do
  [ "$old" = "$before" ] || rm -rf "$old"
done
