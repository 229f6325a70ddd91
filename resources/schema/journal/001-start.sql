-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- journal.db, step 1. Nothing personal stands in any of these tables: accreditation numbers and
-- badge serials only. Every time is µs since 1970-01-01 UTC, as the desk believed.

-- Who this desk was, one row for each enrolment; the newest is who it is. Row 1 is the desk before
-- its first enrolment.
CREATE TABLE epoch (
  id INTEGER PRIMARY KEY,
  device INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  event TEXT,
  hub_url TEXT,
  serial_prefix TEXT,
  first_position INTEGER NOT NULL,             -- in record, of the epoch's seq 1
  acknowledged_seq INTEGER NOT NULL DEFAULT 0, -- the outbox is every seq above this
  began_us INTEGER NOT NULL,
  UNIQUE (device, epoch)
) STRICT;

INSERT INTO epoch (id, device, epoch, first_position, began_us) VALUES (1, 0, 0, 1, 0);

-- The records, as they were hashed. seq = position - epoch.first_position + 1.
CREATE TABLE record (
  position INTEGER PRIMARY KEY,
  encoded BLOB NOT NULL CHECK (length(encoded) BETWEEN 1 AND 4096),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER record_no_update BEFORE UPDATE ON record
BEGIN
  SELECT RAISE(ABORT, 'records are immutable');
END;

CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN
  SELECT RAISE(ABORT, 'records are immutable');
END;

-- Also keeps INSERT OR REPLACE, which fires no DELETE trigger, from replacing a record.
CREATE TRIGGER record_contiguous BEFORE INSERT ON record
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM record)
BEGIN
  SELECT RAISE(ABORT, 'records are contiguous');
END;

-- The present state of each pickup: the print ledger.
CREATE TABLE pickup (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  state INTEGER NOT NULL,            -- LanyardPickupState
  accreditation TEXT,
  serial TEXT,                       -- from RESERVED on
  sequence INTEGER NOT NULL,         -- 0 before RESERVED
  replaces TEXT,                     -- serial that this badge takes the place of
  printer_job TEXT,
  started_us INTEGER NOT NULL,
  changed_us INTEGER NOT NULL,
  open_us INTEGER                    -- started_us until it has come to an end
) STRICT, WITHOUT ROWID;

-- On a column of its own, which only the first and the last step change: an index that a step does
-- not touch is a page that its commit does not write.
CREATE INDEX pickup_open ON pickup (open_us) WHERE open_us IS NOT NULL;
CREATE INDEX pickup_accreditation ON pickup (accreditation, sequence)
  WHERE accreditation IS NOT NULL;
CREATE UNIQUE INDEX pickup_serial ON pickup (serial) WHERE serial IS NOT NULL;

-- Highest counter given under each prefix; it never goes back, not even for a new epoch.
CREATE TABLE serial_counter (
  prefix TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Signed receipts of the hub. A lower one than before (the hub was rolled back) leaves the higher
-- ones in place: they prove what the hub once had.
CREATE TABLE receipt (
  device INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  through INTEGER NOT NULL,
  head BLOB NOT NULL CHECK (length(head) = 32),
  content BLOB NOT NULL,
  received_us INTEGER NOT NULL,
  PRIMARY KEY (device, epoch, through)
) STRICT, WITHOUT ROWID;

CREATE TABLE lockout (
  subject TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  locked_until_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
