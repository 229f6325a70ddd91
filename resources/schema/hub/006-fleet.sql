-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What became of a record that was set aside. Empty while nobody has decided; set aside again, it is open again.
ALTER TABLE quarantine ADD COLUMN decision TEXT NOT NULL DEFAULT '';   -- 'retried', 'dismissed'
ALTER TABLE quarantine ADD COLUMN decided_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quarantine ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- What people did with the hub's commands: append-only.
CREATE TABLE deed (
  id      INTEGER PRIMARY KEY,
  at_us   INTEGER NOT NULL,
  person  TEXT NOT NULL,          -- as the command was told, or the account that ran it
  what    TEXT NOT NULL,          -- 'revoke', 'export', …
  subject TEXT NOT NULL,          -- desk, record, accreditation number
  reason  TEXT NOT NULL
) STRICT;
CREATE TRIGGER deed_no_update BEFORE UPDATE ON deed
BEGIN SELECT RAISE (ABORT, 'deeds are immutable'); END;
CREATE TRIGGER deed_no_delete BEFORE DELETE ON deed
BEGIN SELECT RAISE (ABORT, 'deeds are immutable'); END;

-- Enrolments whose key is no longer trusted.
CREATE TABLE revocation (
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  at_us  INTEGER NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- What each desk told of itself last, and when it was heard last.
CREATE TABLE desk_state (
  device      INTEGER NOT NULL PRIMARY KEY,
  epoch       INTEGER NOT NULL,
  seen_us     INTEGER NOT NULL,   -- the hub's clock
  told_us     INTEGER NOT NULL,   -- the hub's clock; 0: it has told nothing yet
  backlog     INTEGER NOT NULL,   -- records without a receipt
  oldest_us   INTEGER NOT NULL,   -- the oldest of them, by the desk's clock; 0: none
  gseq        INTEGER NOT NULL,   -- how far its directory is
  fresh_us    INTEGER NOT NULL,   -- when it knew last that this was all; 0: never
  negative_us INTEGER NOT NULL,   -- when its negative list was signed; 0: it has none
  software    TEXT NOT NULL,
  pack        TEXT NOT NULL       -- version of its pack
) STRICT;

-- Badges that came out, by desk and hour of the desk's clock.
CREATE TABLE pickup_hour (
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  hour   INTEGER NOT NULL,        -- since 1970-01-01 UTC
  n      INTEGER NOT NULL,
  PRIMARY KEY (hour, device, epoch)
) STRICT, WITHOUT ROWID;
