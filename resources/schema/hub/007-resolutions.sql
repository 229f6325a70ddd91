-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which order the hub heard of an accreditation's badges, and when each came out: what is told
-- to the people who have to call somebody back.
ALTER TABLE badge ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0;
ALTER TABLE badge ADD COLUMN out_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE holding ADD COLUMN arrivals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE holding ADD COLUMN decisions INTEGER NOT NULL DEFAULT 0;

-- Decisions about conflicts. Only ever added.
CREATE TABLE resolution (
  id      TEXT NOT NULL PRIMARY KEY,  -- DEVICE-EPOCH-SEQ of its record; 0-0-N: made at the hub
  number  TEXT NOT NULL,
  keep    TEXT NOT NULL,              -- serial
  voids   TEXT NOT NULL,              -- serials, one a line
  settles TEXT NOT NULL,              -- ids, one a line
  reason  INTEGER NOT NULL,
  who     TEXT NOT NULL,
  second  TEXT,
  at_us   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX resolution_number ON resolution (number, id);
