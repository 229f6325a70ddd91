# SPDX-FileCopyrightText: The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What every journey says and asks. To be sourced by bash after packaging/stage.sh.

number=0
failed=
# check WHAT COMMAND…: one line of TAP
check() {
  local what=$1
  shift
  number=$((number + 1))
  if "$@" > "$stage_dir/check.log" 2>&1; then
    echo "ok $number - $what"
  else
    echo "not ok $number - $what"
    sed 's/^/# /' "$stage_dir/check.log" | tail -n 90
    failed=yes
  fi
}

# play NAME SCRIPT: like stage_play, but tells what showed when it fails
play() {
  stage_play "$@" || {
    cat "$stage_dir/$1.play.log"
    tail -n 20 "$(dirname "$stage_config")/kiosk.log"
    return 1
  }
}

# The player was seen to lose a few bytes, whose they are is not known; the programs under test are watched.
watch_no_player() {
  cat > "$stage_dir/play" << PLAY
#!/bin/sh
ASAN_OPTIONS=\$ASAN_OPTIONS:detect_leaks=0 exec "$lanyard_play" "\$@"
PLAY
  chmod +x "$stage_dir/play"
  lanyard_play=$stage_dir/play
}

# sign_in: script up to the staff page
sign_in() {
  printf 'press Staff 20\nwait-text "Type your PIN" 30\n'
  printf 'press "2"\npress "4"\npress "6"\npress "8"\npress "Sign in" 20\n'
  printf 'wait-text "Search by name" 60\n'
}

# name_of CASE: as it stands on the badge
name_of() {
  grep "\"$(stage_number "$1")\"" "$stage_event/roster.jsonl" |
    sed -n 's/.*"print_name" *: *"\([^"]*\)".*/\1/p'
}

# list_records KIND: those of the journal as JSON, a line each; the kiosk must be ended
list_records() {
  "$lanyard" journal list --config "$stage_config" --json | grep "\"kind\":\"$1\""
}
