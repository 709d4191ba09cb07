#!/usr/bin/env bash
# Takes the service and the program away. Configuration and data stay, unless --remove-data is said and the question is answered.
#
#   sudo deploy/linux/uninstall.sh [--remove-data]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
remove_data=0
case "${1:-}" in
  -h | --help) sed -n '2,/^set -/p' "$0" | sed '$d; s/^# \{0,1\}//' && exit 0 ;;
  --remove-data) remove_data=1 ;;
  "") ;;
  *) fail "$1 is not an option; see --help." ;;
esac
need_root

if systemd_runs && systemctl cat wattkeep >/dev/null 2>&1; then
  systemctl disable --now wattkeep
fi
rm -f "$UNIT" "$COMMAND"
systemd_runs && systemctl daemon-reload
# A program that runs in place is its owner's folder: only the link to it goes.
rm -f "$CURRENT"
rm -rf "$RELEASES"
rmdir "$PROGRAM" 2>/dev/null || true

if [ "$remove_data" = 1 ]; then
  printf 'Every reading in %s goes for good. Write "remove" to go on: ' "$DATA"
  read -r answer
  [ "$answer" = remove ] || fail "Nothing of the data was removed."
  rm -rf "$DATA" "$CONFIG_FOLDER"
  if [ -z "$ROOT" ] && id "$ACCOUNT" >/dev/null 2>&1; then userdel "$ACCOUNT"; fi
  say "Everything is removed."
else
  say "The program is removed. Readings stay in $DATA, the configuration in $CONFIG_FOLDER; install.sh finds both again."
fi
