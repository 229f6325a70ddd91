#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""first-frame.py KIOSK CONFIG EMPTY-WINDOW: times from start to first frame, by turns, and memory."""
import os
import statistics
import subprocess
import sys
import time

RUNS = 9
GOAL = 1.5


def times(command):
    """ms from start to each line of output that begins with "first"."""
    begin = time.monotonic()
    found = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith("first"):
                found[" ".join(line.split()[:2])] = (time.monotonic() - begin) * 1000
    return found


def resident_mb(command):
    """MB once they have stayed within 1 % for two seconds."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    samples = []
    try:
        for _ in range(150):
            time.sleep(0.2)
            with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
                values = {line.split()[0]: int(line.split()[1]) for line in file if line.split()[0].endswith(":")}
            samples.append((values["Rss:"] / 1024, values["Pss:"] / 1024))
            last = [rss for rss, _ in samples[-10:]]
            if len(last) == 10 and max(last) - min(last) < 0.01 * max(last):
                break
    finally:
        process.terminate()
        process.wait()
    return samples[-1]


def main():
    kiosk, config, empty = sys.argv[1:4]
    show = [kiosk, "--config", config, "--window-size", "1280x800"]
    frames, pages, empties = [], [], []
    for run in range(RUNS + 1):
        kiosk_times = times([*show, "--exit-after-first-frame"])
        empty_times = times([empty])
        if run == 0:  # warms the caches of the disk
            continue
        frames.append(kiosk_times["first frame"])
        pages.append(kiosk_times["first page"])
        empties.append(empty_times["first frame"])
    frame, page, base = map(statistics.median, (frames, pages, empties))
    rss, pss = resident_mb(show)
    empty_rss, empty_pss = resident_mb([empty, "--stay"])
    print(f"load {os.getloadavg()[0]:.1f}, median of {RUNS} runs by turns")
    print(f"empty GTK 4 window: first frame {base:.0f} ms")
    print(f"lanyard-kiosk: first frame {frame:.0f} ms ({frame / base:.2f} × empty; goal {GOAL})")
    print(f"lanyard-kiosk: first page {page:.0f} ms ({page / base:.2f} × empty)")
    print(f"resident: kiosk {rss:.0f} MB ({pss:.0f} MB proportional), empty {empty_rss:.0f} MB ({empty_pss:.0f})")
    return 0 if frame / base <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
