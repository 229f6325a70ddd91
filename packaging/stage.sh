# SPDX-FileCopyrightText: The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The stage on which the demo and the end-to-end tests play: an event, a hub, printers, desks and
# their cameras, all of them real and all of them below one folder. To be sourced by bash.
#
# The caller sets:
#   stage_dir    folder for everything; made when it is not there
#   stage_build  build folder
#   stage_root   source folder
# Every process that is started here is ended by stage_end, by its number.

stage_pids=
stage_hub_pid=
stage_hub_port=0

stage_fail() {
  echo "${stage_name:-stage}: $1" >&2
  exit "${2:-3}"
}

# Where the programs are in the build folder.
stage_use_build() {
  lanyard=$stage_build/app/tool/lanyard
  lanyard_hub=$stage_build/sync/hub/lanyard-hub
  lanyard_kiosk=$stage_build/ui/lanyard-kiosk
  lanyard_event=$stage_build/packaging/event/lanyard-demo-event
  lanyard_play=$stage_build/tests/e2e/lanyard-play
  local program
  for program in "$lanyard" "$lanyard_hub" "$lanyard_kiosk" "$lanyard_event" "$lanyard_play"; do
    [ -x "$program" ] || stage_fail "$program is not built."
  done
  mkdir -p "$stage_dir"
  stage_dir=$(cd "$stage_dir" && pwd)
}

# stage_until SECONDS COMMAND…: waits until COMMAND is true
stage_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.05
  done
}

# stage_json FILE MEMBER: a member of a JSON object
stage_json() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$1" "$2"
}

stage_end() {
  local process
  for process in $stage_pids; do
    kill "$process" 2> /dev/null
  done
  for process in $stage_pids; do
    wait "$process" 2> /dev/null
  done
  stage_pids=
}

# stage_kill PID [SIGNAL]: ends one process and waits for it
stage_kill() {
  kill "-${2:-TERM}" "$1" 2> /dev/null
  wait "$1" 2> /dev/null
  stage_pids=$(echo " $stage_pids " | sed "s/ $1 / /")
}

# stage_make_event PACK COUNT: people with invitations and portraits; once
stage_make_event() {
  stage_pack=$1
  stage_event=$stage_dir/event
  if [ ! -f "$stage_event/cases.json" ] || [ "$(cat "$stage_event/made" 2> /dev/null)" != "$1 $2" ]; then
    rm -rf "$stage_event"
    "$lanyard_event" roster --pack "$1" -o "$stage_event" --count "$2" > "$stage_dir/roster.log" 2>&1 ||
      stage_fail "The people could not be made up: $(tail -n 1 "$stage_dir/roster.log")"
    echo "$1 $2" > "$stage_event/made"
  fi
  stage_venue=$(stage_json "$stage_event/cases.json" venue)
}

# stage_number CASE: accreditation number of somebody of cases.json
stage_number() {
  stage_json "$stage_event/cases.json" "$1" || stage_fail "The event has no case '$1'."
}

# A hub of this event from nothing, with all people in it. Sets stage_root_key.
stage_make_hub() {
  stage_hub=$stage_dir/hub
  rm -rf "$stage_hub"
  "$lanyard_hub" init --dir "$stage_hub" --pack "$stage_pack" > "$stage_dir/hub-init.log" 2>&1 ||
    stage_fail "The hub was not made: $(tail -n 1 "$stage_dir/hub-init.log")"
  stage_root_key=$(grep -o -E '[0-9a-f]{64}' "$stage_dir/hub-init.log" | head -n 1)
  [ -n "$stage_root_key" ] || stage_fail "The hub did not tell its root key."
  "$lanyard_hub" import --dir "$stage_hub" "$stage_event/roster.jsonl" \
    --photos "$stage_event/photos" > "$stage_dir/hub-import.log" 2>&1 ||
    stage_fail "The hub did not take the roster: $(tail -n 1 "$stage_dir/hub-import.log")"
}

# Starts the hub, on the port that it had before.
stage_start_hub() {
  : > "$stage_dir/hub.out"
  "$lanyard_hub" serve --dir "$stage_hub" --listen "127.0.0.1:$stage_hub_port" \
    > "$stage_dir/hub.out" 2>> "$stage_dir/hub.log" &
  stage_hub_pid=$!
  stage_pids="$stage_pids $stage_hub_pid"
  stage_until 30 grep -q "listening on" "$stage_dir/hub.out" ||
    stage_fail "The hub did not start: $(tail -n 1 "$stage_dir/hub.log")"
  stage_hub_port=$(grep -o -E ':[0-9]+' "$stage_dir/hub.out" | head -n 1 | tr -d :)
  stage_hub_url=http://127.0.0.1:$stage_hub_port
}

stage_stop_hub() {
  stage_kill "$stage_hub_pid"
}

# stage_start_printer NAME [OPTION…]: sets stage_printer_uri; what it prints falls into NAME-tray
stage_start_printer() {
  local name=$1
  shift
  stage_tray=$stage_dir/$name-tray
  rm -rf "$stage_tray" "$stage_dir/$name.uri"
  "$stage_root/packaging/loopback-printer" --tray "$stage_tray" "$@" \
    > "$stage_dir/$name.uri" 2> "$stage_dir/$name.log" &
  stage_printer_pid=$!
  stage_pids="$stage_pids $stage_printer_pid"
  stage_until 40 grep -q '^ipp:' "$stage_dir/$name.uri" ||
    stage_fail "The printer did not start: $(head -n 1 "$stage_dir/$name.log")"
  stage_printer_uri=$(head -n 1 "$stage_dir/$name.uri")
}

# stage_make_desk NAME [LINE…]: a desk that is enrolled at the hub and has the PIN 2468; sets
# stage_config and stage_camera. LINEs are added to the configuration.
stage_make_desk() {
  local name=$1 folder=$stage_dir/$1 code
  shift
  rm -rf "$folder"
  mkdir -p "$folder/state"
  stage_config=$folder/lanyard.conf
  stage_camera=$folder/camera.png
  cp "$stage_dir/nothing.png" "$stage_camera"
  cat > "$stage_config" << CONFIG
[desk]
state-dir=state
name=$name
venue=$stage_venue
language=en

[pack]
directory=$stage_hub/pack
root-key=$stage_root_key

[hub]
urls=$stage_hub_url

[scanner]
camera=multifilesrc location=$stage_camera loop=true caps=image/png,framerate=10/1 ! pngdec
wedge=false

[printer]
uri=$stage_printer_uri
scan-back=true

[vault]
key-file=state/vault.key
CONFIG
  [ $# -eq 0 ] || printf '%s\n' "$@" >> "$stage_config"
  code=$("$lanyard_hub" enrol --dir "$stage_hub" --venue "$stage_venue" --name "$name" \
    2> "$folder/enrol.log") ||
    stage_fail "The hub gave no code: $(tail -n 1 "$folder/enrol.log")"
  "$lanyard_kiosk" --config "$stage_config" --enrol "$code" --hub "$stage_hub_url" \
    >> "$folder/enrol.log" 2>&1 ||
    stage_fail "The desk was not enrolled: $(tail -n 1 "$folder/enrol.log")"
  echo 2468 | "$lanyard" pin set --config "$stage_config" >> "$folder/enrol.log" 2>&1 ||
    stage_fail "The PIN was not set: $(tail -n 1 "$folder/enrol.log")"
}

# stage_start_kiosk CONFIG: sets stage_kiosk_pid
stage_start_kiosk() {
  "$lanyard_kiosk" --config "$1" --window-size "${stage_size:-1280x800}" >> "$(dirname "$1")/kiosk.log" 2>&1 &
  stage_kiosk_pid=$!
  stage_pids="$stage_pids $stage_kiosk_pid"
}

stage_stop_kiosk() {
  stage_kill "$stage_kiosk_pid" "${1:-TERM}"
}

# stage_invite NUMBER: text of somebody's invitation
stage_invite() {
  "$lanyard_hub" invite --dir "$stage_hub" "$1" > "$stage_dir/invite.json" 2> "$stage_dir/invite.log" ||
    stage_fail "No invitation for $1: $(tail -n 1 "$stage_dir/invite.log")"
  stage_json "$stage_dir/invite.json" text
}

# stage_photograph_text TEXT FILE SEED: what a camera sees of a code that somebody holds up
stage_photograph_text() {
  "$lanyard_event" photograph --text "$1" -o "$2" --seed "$3"
}

# stage_photograph_badge DOCUMENT FILE SEED: what a camera sees of a badge that came out
stage_photograph_badge() {
  local page=${1%.*}-page
  pdftoppm -png -r 300 -f 1 -l 1 -singlefile "$1" "$page" &&
    "$lanyard_event" photograph --image "$page.png" -o "$2" --seed "$3" &&
    rm -f "$page.png"
}

# stage_count_colour DOCUMENT COLOUR: px of about this colour on the first side of a badge at 150 dpi
stage_count_colour() {
  local page=${1%.*}-page
  pdftoppm -png -r 150 -f 1 -l 1 -singlefile "$1" "$page" &&
    convert "$page.png" -fuzz 8% -fill '#010203' -opaque "$2" -fill white +opaque '#010203' -fill black -opaque '#010203' \
      -format '%[fx:round((1-mean)*w*h)]' info: &&
    rm -f "$page.png"
}

# stage_play NAME SCRIPT [OPTION…]: plays a script on the kiosk; its steps go to NAME.play.log
stage_play() {
  local name=$1
  printf '%s\n' "$2" > "$stage_dir/$name.play"
  shift 2
  "$lanyard_play" --camera "$stage_camera" "$@" "$stage_dir/$name.play" \
    > "$stage_dir/$name.play.log" 2>&1
}

# One grey picture for a camera before which nobody stands.
stage_draw_nothing() {
  mkdir -p "$stage_dir"
  convert -size 1280x720 gradient:'#7d8790-#59626b' -depth 8 "PNG24:$stage_dir/nothing.png"
}
