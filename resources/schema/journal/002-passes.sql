-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- journal.db, step 2. Seals that make pre-valid cards valid, and day passes from counted pools. All of
-- it follows from the records; what stands here keeps a seal from being used twice and a pool from
-- going below nothing. A pass is an accreditation number and the code of a host, never a name.

CREATE TABLE seal (
  seal TEXT PRIMARY KEY,
  serial TEXT NOT NULL               -- of the card that has it
) STRICT, WITHOUT ROWID;

CREATE TABLE pool (
  code TEXT PRIMARY KEY,
  loaded INTEGER NOT NULL CHECK (loaded >= 0),       -- ever loaded, less what was taken away
  available INTEGER NOT NULL CHECK (available >= 0), -- loaded - sum (pass.holds)
  reuse INTEGER NOT NULL             -- a pass that comes back may go out again
) STRICT, WITHOUT ROWID;

-- Numbers of passes that were printed beforehand: prefix and first … last with as many digits.
CREATE TABLE pass_block (
  prefix TEXT NOT NULL,
  digits INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  pool TEXT NOT NULL REFERENCES pool (code),
  PRIMARY KEY (prefix, digits, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE pass (
  number TEXT PRIMARY KEY,
  pool TEXT NOT NULL REFERENCES pool (code),
  organisation TEXT,
  day INTEGER NOT NULL,              -- of the event, as YYYYMMDD
  state INTEGER NOT NULL,            -- 1 out, or on its way out; 2 returned; 3 nothing came of it
  holds INTEGER NOT NULL,            -- 1: it counts against the pool
  sequence INTEGER NOT NULL          -- how often it went out
) STRICT, WITHOUT ROWID;

CREATE INDEX pass_pool ON pass (pool, day, organisation);
