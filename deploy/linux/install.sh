#!/usr/bin/env bash
# Installs Wattkeep as a service on a Raspberry Pi or any Linux with systemd, open to the local network, and ends with an address, a
# code to scan, and what to type into the meter's reader head. Run again, it builds the program anew and keeps configuration and data.
#
#   sudo deploy/linux/install.sh [--zone ZONE] [--currency CODE] [--port 8080] [--broker-port 1883] [--broker URL] [--reader NAME]
#                                [--in-place] [--no-service] [--cloudflared HOSTNAME]
#
#   --zone         time zone of the house; left out, this computer's
#   --currency     three letters; left out, EUR
#   --port         of the pages
#   --broker-port  of Wattkeep's own MQTT broker, which devices log in to
#   --broker       listen to a broker that is there already, in place of our own: mqtt://192.168.1.5:1883
#   --reader       name of the first reader head; left out, meter
#   --in-place     run the program from this folder in place of a copy in /opt/wattkeep
#   --no-service   write everything, but register and start no service
#   --cloudflared  after all is up, say how to publish it under this name through a Cloudflare tunnel
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The configuration of a house with one meter, open to its network.
write_config() {
  cat <<YAML
# Written by the installer once; it is yours from here on. Every key: docs/guides/configuration.md
# After a change: sudo wattkeep check && sudo systemctl restart wattkeep
sites:
  home: { name: Home, zone: $zone, currency: $currency }

sources:
  meter:
    name: Electricity meter
    site: home
    dialect: tasmota-sml
    # Every original message stays, so that nothing a decoder does not know yet is ever lost.
    keepRaw: forever
YAML
  if [ -n "$broker" ]; then
    printf '    broker: house\n\nbrokers:\n  house: { url: %s }\n\n' "$broker"
  else
    printf '\n# Our own broker: a device logs in with what "wattkeep pair --reader NAME" prints.\nmqtt: embedded\nbroker: { listen: "0.0.0.0:%s", requireCredentials: true }\n\n' "$broker_port"
  fi
  cat <<YAML
# The pages, for everyone in the house who has a token or followed a pairing link.
http: { listen: "0.0.0.0:$port" }
data: $DATA
YAML
}

zone="" currency=EUR port=8080 broker_port=1883 broker="" reader=meter in_place=0 service=1 tunnel=""
while [ $# -gt 0 ]; do
  case "$1" in
    --zone | --currency | --port | --broker-port | --broker | --reader | --cloudflared)
      [ $# -ge 2 ] || fail "$1 needs a value."
      case "$1" in
        --zone) zone="$2" ;;
        --currency) currency="$2" ;;
        --port) port="$2" ;;
        --broker-port) broker_port="$2" ;;
        --broker) broker="$2" ;;
        --reader) reader="$2" ;;
        --cloudflared) tunnel="$2" ;;
      esac
      shift 2
      ;;
    --in-place) in_place=1 && shift ;;
    --no-service) service=0 && shift ;;
    -h | --help) sed -n '2,/^set -/p' "$0" | sed '$d; s/^# \{0,1\}//' && exit 0 ;;
    *) fail "$1 is not an option; see --help." ;;
  esac
done
[[ "$port" =~ ^[0-9]{1,5}$ && "$broker_port" =~ ^[0-9]{1,5}$ ]] || fail "A port is a number."
[[ "$currency" =~ ^[A-Z]{3}$ ]] || fail "--currency takes three capital letters, like EUR."
[[ "$reader" =~ ^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$ ]] || fail "--reader takes letters, digits, - and _: it becomes an MQTT topic."
[[ -z "$broker" || "$broker" =~ ^mqtts?://[A-Za-z0-9.:_-]+$ ]] || fail "--broker takes an address like mqtt://192.168.1.5:1883."

need_root
need_node
need_64_bit
if [ -z "$zone" ]; then
  zone="$("$NODE" -p 'Intl.DateTimeFormat().resolvedOptions().timeZone')"
fi
"$NODE" -e 'new Intl.DateTimeFormat("en", { timeZone: process.argv[1] })' "$zone" 2>/dev/null || fail "$zone is no time zone; write one like Europe/Berlin."

if [ -z "$ROOT" ] && ! id "$ACCOUNT" >/dev/null 2>&1; then
  step "Making the account $ACCOUNT"
  useradd --system --user-group --home-dir "$DATA" --no-create-home --shell "$(command -v nologin || echo /usr/sbin/nologin)" "$ACCOUNT"
fi

mkdir -p "$PROGRAM" "$CONFIG_FOLDER" "$DATA"
if [ "$in_place" = 1 ]; then
  if [ -z "$ROOT" ] && is_in_a_home "$SOURCE"; then
    fail "$SOURCE lies in a home folder, where a service cannot run it. Leave --in-place out."
  fi
  [ -f "$SOURCE/dist/wattkeep.js" ] || (cd "$SOURCE" && "$NODE" tools/setup.mjs)
  point_to "$SOURCE"
else
  make_release
  point_to "$release"
fi
write_command

if [ -f "$CONFIG" ]; then
  say "Keeping the configuration in $CONFIG."
  # Reader heads get a login only where the broker is ours.
  grep -Eq '^mqtt: *"?embedded' "$CONFIG" || broker="${broker:-the broker of that configuration}"
else
  step "Writing the configuration"
  if [ -z "$broker" ] && (exec 3<>"/dev/tcp/127.0.0.1/$broker_port") 2>/dev/null; then
    broker="mqtt://127.0.0.1:$broker_port"
    say "A broker answers at port $broker_port of this computer already: Wattkeep listens to it, and devices keep their logins."
  fi
  (umask 027 && write_config >"$CONFIG")
  say "$CONFIG"
fi

if [ -z "$ROOT" ]; then
  chown -R root:"$ACCOUNT" "$CONFIG_FOLDER"
  chmod 750 "$CONFIG_FOLDER"
  chown -R "$ACCOUNT:$ACCOUNT" "$DATA"
  chmod 750 "$DATA"
fi

step "Checking the configuration"
"$COMMAND" check --config "$CONFIG"

# Whoever is on the network is asked who they are: this token is the house key, kept where only root reads it.
if [ ! -f "$CONFIG_FOLDER/admin-token" ]; then
  step "Making an access token"
  (umask 077 && "$COMMAND" token create household --role admin --json | "$NODE" -p 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).secret' >"$CONFIG_FOLDER/admin-token")
  say "It is in $CONFIG_FOLDER/admin-token, for root alone."
fi

if [ "$service" = 1 ]; then
  step "Registering the service"
  mkdir -p "$(dirname "$UNIT")"
  sed -e "s|@NODE@|$(readlink -f "$NODE")|g" -e "s|@CURRENT@|$CURRENT|g" -e "s|@CONFIG@|$CONFIG|g" \
    -e "s|@CONFIG_FOLDER@|$CONFIG_FOLDER|g" -e "s|@DATA@|$DATA|g" \
    "$SOURCE/deploy/linux/wattkeep.service" >"$UNIT"
  if systemd_runs; then
    systemctl daemon-reload
    systemctl enable --quiet wattkeep
    systemctl restart wattkeep
    wait_healthy "$(address_of_pages "$port")" || fail "It does not answer after 90 seconds. See: journalctl -u wattkeep -n 50"
    say "It runs, and starts with this computer. Logs: journalctl -u wattkeep -f"
  else
    say "systemd does not run here: the unit is in $UNIT; start it by hand with $COMMAND serve."
  fi
fi

step "Ready"
if [ -n "$broker" ]; then
  "$COMMAND" pair --config "$CONFIG" --role admin
  say ""
  say "Meters that publish to $broker appear by themselves."
else
  "$COMMAND" pair --config "$CONFIG" --role admin --reader "$reader"
fi
if [ -n "$tunnel" ]; then
  cat <<TEXT

To publish it as https://$tunnel through a Cloudflare tunnel (cloudflared has to be installed and logged in):

  cloudflared tunnel create wattkeep
  cloudflared tunnel route dns wattkeep $tunnel
  cloudflared tunnel run --url http://127.0.0.1:$port wattkeep

and add to $CONFIG, below http:

    publicHosts: [$tunnel]
    trustProxy: [127.0.0.1/32, "::1/128"]

then: sudo systemctl restart wattkeep. Everybody who comes that way signs in.
TEXT
fi
