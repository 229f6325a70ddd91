# SPDX-FileCopyrightText: The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The hand before the camera of a kiosk that somebody tries out: it holds up an invitation, then the
# badge that came out of the printer, then the next person's invitation. To be sourced by bash, with
# stage.sh.

# demo_camera_next: photographs the next invitation of demo_people; after the last one the first
demo_camera_next() {
  local case=${demo_people[demo_person++ % ${#demo_people[@]}]}
  stage_photograph_text "$(stage_invite "$(stage_number "$case")")" "$stage_dir/camera-invitation.png" \
    "$demo_person"
}

# demo_camera_show PICTURE: replaces what the camera sees, whole
demo_camera_show() {
  cp "$1" "$stage_camera.new" && mv "$stage_camera.new" "$stage_camera"
}

demo_camera_show_invitation() {
  touch "$stage_dir/camera-shown"
  demo_camera_show "$stage_dir/camera-invitation.png"
}

# The badge that fell into the tray since the invitation was shown, once it has.
demo_camera_show_badge() {
  local document
  document=$(find "$stage_tray" -name '*.pdf' -newer "$stage_dir/camera-shown" -printf '%T@ %p\n' |
    sort -n | tail -n 1 | cut -d ' ' -f 2-)
  [ -f "$document" ] &&
    stage_photograph_badge "$document" "$stage_dir/camera-badge.png" "$((demo_person + 100))" &&
    demo_camera_show "$stage_dir/camera-badge.png"
}

# demo_camera_enter STATE: a pickup has come to STATE
demo_camera_enter() {
  case $1 in
    reserved | issued | void | attention)
      demo_wanted=""
      demo_camera_show "$stage_dir/nothing.png"
      ;;
    reported) demo_wanted=badge ;;
    # A moment later, for people to see where they are.
    idle)
      demo_wanted=invitation demo_at=$((SECONDS + 2))
      demo_camera_show "$stage_dir/nothing.png"
      ;;
  esac
  # Somebody who only went back has the same invitation again.
  case $1 in
    issued | void | refused | referred) demo_camera_next ;;
  esac
}

# demo_camera_follow LOG CASE…: shows what a pickup waits for, until it is ended. It learns of the
# pickup's states from LOG, the kiosk's messages with G_MESSAGES_DEBUG=lanyard-flow from now on.
demo_camera_follow() {
  local log=$1 seen total state
  shift
  demo_people=("$@") demo_person=0 demo_wanted="" demo_at=0
  trap 'exit 0' TERM
  touch "$log"
  seen=$(wc -l < "$log")
  demo_camera_next && demo_camera_show_invitation
  while sleep 0.2; do
    total=$(wc -l < "$log")
    for state in $(sed -n "$((seen + 1)),${total}s/.*Pickup: [a-z-]*, [a-z-]*, \([a-z-]*\)\$/\1/p" "$log"); do
      demo_camera_enter "$state"
    done
    seen=$total
    if [ "$demo_wanted" = badge ]; then
      ! demo_camera_show_badge || demo_wanted=
    elif [ "$demo_wanted" = invitation ] && [ $SECONDS -ge $demo_at ]; then
      demo_camera_show_invitation
      demo_wanted=
    fi
  done
}
