# SPDX-FileCopyrightText: The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Three pickups and a power cut, played on the kiosk's own window from outside. To be sourced by packaging/demo.

# demo_must WHAT COMMAND…: a claim of the summary; the demo fails where it does not hold
demo_must() {
  local what=$1
  shift
  if "$@" > "$stage_dir/claim.log" 2>&1; then
    echo "  yes  $what" >> "$output/proven.txt"
  else
    echo "  NO   $what" >> "$output/proven.txt"
    demo_summary
    stage_fail "It does not hold that: $what. $(tail -n 1 "$stage_dir/claim.log")" 1
  fi
}

# demo_play_script NAME SCRIPT
demo_play_script() {
  stage_play "$1" "$2" && return 0
  cp "$stage_dir/$1.play.log" "$stage_dir/desk/kiosk.log" "$output/"
  import -window root "$output/page-failed.png"
  kill -0 "$stage_kiosk_pid" 2> /dev/null || echo "The kiosk is gone." >> "$output/kiosk.log"
  demo_summary
  stage_fail "The pickup '$1' did not go as it should; see $output/$1.play.log." 1
}

# demo_invitation NAME NUMBER SEED: a photograph of somebody's invitation
demo_invitation() {
  stage_photograph_text "$(stage_invite "$2")" "$stage_dir/$1.png" "$3" ||
    stage_fail "The invitation could not be photographed."
  cp "$stage_dir/$1.png" "$output/camera-$1.png"
}

# demo_scan_back NAME SEED: takes the one badge that fell into the tray, photographs it and shows it
demo_scan_back() {
  local document
  demo_play_script "$1-out" 'wait-text "show it to the camera" 60'
  document=$(find "$stage_tray" -name '*.pdf' -newer "$stage_dir/$1.play")
  [ -f "$document" ] || stage_fail "There is not one new badge in the tray: '$document'." 1
  stage_photograph_badge "$document" "$stage_dir/$1-badge.png" "$2" ||
    stage_fail "The badge could not be photographed."
  cp "$stage_dir/$1-badge.png" "$output/camera-$1-badge.png"
  demo_play_script "$1-back" "
screenshot \"$output/page-scan-back.png\"
show \"$stage_dir/$1-badge.png\"
wait-text \"Your badge is ready\" 30
show \"$stage_dir/nothing.png\""
}

demo_issue() {
  step "First pickup: a code is shown, a badge comes out and is scanned back"
  demo_invitation issue "$(stage_number ready)" 1
  demo_play_script issue "
wait-window 30
wait-text \"Hold the code of your invitation\" 30
wait-text Online 30
wait-no-text \"to send\" 30
screenshot \"$output/page-welcome.png\"
show \"$stage_dir/issue.png\"
wait-text \"Is this you?\" 30
screenshot \"$output/page-confirm.png\"
show \"$stage_dir/nothing.png\"
press \"Yes, print my badge\"
wait-no-text \"Is this you?\" 20
screenshot \"$output/page-printing.png\""
  demo_scan_back issue 11
  demo_play_script issued "
screenshot \"$output/page-done.png\"
press Finish
wait-text \"Hold the code of your invitation\" 20"
}

demo_refusal() {
  step "Second pickup: somebody whose accreditation is cancelled"
  demo_invitation refusal "$(stage_number refused-cancelled)" 2
  demo_play_script refusal "
show \"$stage_dir/refusal.png\"
wait-text \"Your number at the help desk\" 30
expect-no-text \"Yes, print my badge\"
screenshot \"$output/page-refused.png\"
show \"$stage_dir/nothing.png\"
press Finish
wait-text \"Hold the code of your invitation\" 20"
}

demo_offline() {
  step "Third pickup: the hub is down"
  demo_invitation offline "$(stage_number ready-single-name)" 3
  stage_stop_hub
  demo_play_script offline "
show \"$stage_dir/offline.png\"
wait-text \"Is this you?\" 30
show \"$stage_dir/nothing.png\"
press \"Yes, print my badge\"
wait-no-text \"Is this you?\" 20"
  demo_scan_back offline 12
  demo_play_script offlined "
wait-text Offline 30
screenshot \"$output/page-offline.png\"
press Finish
wait-text \"Hold the code of your invitation\" 20"
  step "The hub comes back"
  stage_start_hub
  demo_play_script synced "
wait-text Online 90
wait-no-text \"to send\" 60
screenshot \"$output/page-synced.png\""
}

# Lines of a script that type the PIN of the staff.
demo_pin() {
  printf 'wait-text "Type your PIN" 30\npress "2"\npress "4"\npress "6"\npress "8"\n'
}

# A volunteer is asked for agreement first. The kiosk is killed while it prints: after its restart staff are asked what came out.
demo_power() {
  step "The power goes while a badge is printing"
  demo_invitation power "$(stage_number ready-long-name)" 4
  demo_play_script power "
show \"$stage_dir/power.png\"
wait-text \"Is this you?\" 30
show \"$stage_dir/nothing.png\"
press \"Yes, print my badge\"
wait-text \"Code of conduct for volunteers\" 20
screenshot \"$output/page-consent.png\"
press \"I agree\"
wait-text \"Pictures of me\" 20
press \"I do not agree\"
wait-no-text \"Pictures of me\" 20"
  stage_stop_kiosk KILL
  stage_start_kiosk "$stage_config"
  demo_play_script asked "
wait-window 30
wait-text \"One moment, please\" 30
screenshot \"$output/page-attention.png\"
press \"I am staff\"
$(demo_pin)
screenshot \"$output/page-sign-in.png\"
press \"Sign in\"
wait-text \"Did this badge come out?\" 30
screenshot \"$output/page-attention-staff.png\"
press \"Yes, it is here\"
wait-no-text \"Did this badge come out?\" 30"
}

# Pages that the pickups did not pass.
demo_tour() {
  step "A look at the other pages"
  demo_play_script tour "
wait-text \"Search by name\" 30
show \"$stage_dir/issue.png\"
wait-text \"A badge is already out\" 30
screenshot \"$output/page-staff.png\"
show \"$stage_dir/nothing.png\"
press Close
press \"Sign out\"
wait-text \"Hold the code of your invitation\" 30
press \"Type my number\"
wait-text Continue 20
screenshot \"$output/page-number.png\"
press Back
wait-text \"Hold the code of your invitation\" 20
press العربية
wait-no-text \"Hold the code of your invitation\" 20
screenshot \"$output/page-welcome-ar.png\"
press English
wait-text \"Hold the code of your invitation\" 20"
  stage_kill "$stage_printer_pid"
  demo_play_script broken "
wait-text \"taking a break\" 60
screenshot \"$output/page-out-of-order.png\""
}

# What is left behind: lists, and what they prove.
demo_after() {
  step "Looking at what was recorded"
  stage_stop_kiosk
  "$lanyard" journal list --config "$stage_config" > "$output/journal.txt" 2>&1
  "$lanyard_hub" status --dir "$stage_hub" > "$output/hub.txt" 2>&1
  cp "$stage_tray"/*.pdf "$output/"
  local issued refused badges
  issued=$(grep -c ' issued ' "$output/journal.txt")
  refused=$(grep -c ' refused ' "$output/journal.txt")
  badges=$(find "$stage_tray" -name '*.pdf' | wc -l)
  demo_must "the journal's chain holds" "$lanyard" journal verify --config "$stage_config"
  demo_must "three badges were issued, one person was refused" test "$issued $refused" = "3 1"
  demo_must "the printer received three badges and no fourth" test "$badges" = 3
  demo_must "the hub has every record of the desk" demo_hub_has_all
  local badge
  for badge in issue offline; do
    demo_must "the printed badge of '$badge', photographed, verifies at a gate without any line" \
      demo_verify_badge "$stage_dir/$badge-badge.png"
  done
}

# The tool tells what no receipt has come for.
demo_hub_has_all() {
  "$lanyard" journal verify --config "$stage_config" --json > "$stage_dir/verify.json" &&
    [ "$(stage_json "$stage_dir/verify.json" pending)" = 0 ]
}

# demo_verify_badge PICTURE: against the trust list that the desk got from the hub
demo_verify_badge() {
  "$lanyard" directory document --config "$stage_config" trust -o "$stage_dir/trust.cbor" &&
    "$lanyard" badge verify --trust "$stage_hub/pack/trust.cbor" --trust "$stage_dir/trust.cbor" \
      --root-key "$stage_root_key" "$1"
}

demo_summary() {
  {
    echo "Lanyard, played without a display, $(date -u '+%Y-%m-%d %H:%M UTC')"
    echo
    echo "Steps, in seconds since the start"
    sed 's/^/  /' "$output/steps.txt"
    echo
    echo "What the player did and saw"
    for play in issue issue-out issue-back issued refusal offline offline-out offline-back offlined \
      synced power asked tour broken; do
      grep ' s  ' "$stage_dir/$play.play.log" 2> /dev/null | sed 's/^ *[0-9.]* s/ /'
    done
    echo
    echo "What was proven"
    cat "$output/proven.txt"
    echo
    echo "The desk's journal"
    sed 's/^/  /' "$output/journal.txt" 2> /dev/null
    echo
    echo "The hub"
    sed 's/^/  /' "$output/hub.txt" 2> /dev/null
  } > "$output/summary.txt"
}

demo_play() {
  : > "$output/proven.txt"
  rm -f "$output"/*.{pdf,png,log} "$output"/{journal,hub}.txt "$stage_dir"/*.play.log
  step "Kiosk"
  stage_start_kiosk "$stage_config"
  demo_issue
  demo_refusal
  demo_offline
  demo_power
  demo_tour
  demo_after
  step "Done"
  demo_summary
  rm -f "$output/steps.txt" "$output/proven.txt"
  echo
  echo "Everything is in $output; begin with summary.txt."
}
