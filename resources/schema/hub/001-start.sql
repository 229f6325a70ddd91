-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What desks sent, as they sent it. Rows are never changed and never deleted.
CREATE TABLE record (
  id          INTEGER PRIMARY KEY,      -- order of arrival; one writer, so also order of commit
  device      INTEGER NOT NULL,
  epoch       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  encoded     BLOB NOT NULL,
  received_us INTEGER NOT NULL,
  UNIQUE (device, epoch, seq)
) STRICT;

CREATE TRIGGER record_no_update BEFORE UPDATE ON record
BEGIN SELECT RAISE (ABORT, 'records are immutable'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN SELECT RAISE (ABORT, 'records are immutable'); END;

-- How far the chain of one (device, epoch) reaches.
CREATE TABLE stream (
  device     INTEGER NOT NULL,
  epoch      INTEGER NOT NULL,
  head_seq   INTEGER NOT NULL,
  head_hash  BLOB NOT NULL,
  updated_us INTEGER NOT NULL,
  PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- Records that are stored and acknowledged but make no sense: for a person to look at.
CREATE TABLE quarantine (
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  why    TEXT NOT NULL,
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;

-- What must never happen and did: forks.
CREATE TABLE alarm (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  at_us  INTEGER NOT NULL,
  UNIQUE (kind, device, epoch, seq)
) STRICT;

-- One card. flags: 1 issued, 2 nobody knows, 4 voided; they are only ever added.
CREATE TABLE badge (
  serial   TEXT NOT NULL PRIMARY KEY,
  number   TEXT NOT NULL,
  device   INTEGER NOT NULL,   -- that made it; 0: not known yet
  sequence INTEGER NOT NULL,
  flags    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX badge_number ON badge (number);

-- The fold of all badges of one accreditation. Conflicts are found on this row, under its lock.
CREATE TABLE holding (
  number        TEXT NOT NULL PRIMARY KEY,
  open_badges   INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  last_serial   TEXT,
  disputed      INTEGER NOT NULL,
  void_below    INTEGER NOT NULL,  -- lowest valid sequence by the badges voided
  floor         INTEGER NOT NULL   -- lowest valid sequence by the roster
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_disputed ON holding (number) WHERE disputed = 1;
CREATE INDEX holding_void ON holding (number) WHERE void_below > 0 OR floor > 0;

-- The change feed: append-only, so that a range of gseq is the same bytes for ever.
CREATE TABLE change (
  gseq   INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  entry  BLOB                       -- NULL: removed
) STRICT;

-- The newest change of each accreditation.
CREATE TABLE entry (
  number TEXT NOT NULL PRIMARY KEY,
  gseq   INTEGER NOT NULL REFERENCES change (gseq)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  id      INTEGER PRIMARY KEY,
  device  INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  number  TEXT NOT NULL,
  serials TEXT NOT NULL,            -- one a line
  gseq    INTEGER NOT NULL,
  at_us   INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_device ON alert (device, id);

CREATE TABLE photo (
  hash    BLOB NOT NULL PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;

-- Signed lists and other small things with a name.
CREATE TABLE document (
  name    TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every enrolment of every desk. The newest epoch of a device is the one in force.
CREATE TABLE enrolment (
  id          INTEGER PRIMARY KEY,  -- also the number in the serial prefix: never used twice
  device      INTEGER NOT NULL,
  epoch       INTEGER NOT NULL,
  venue       TEXT NOT NULL,
  name        TEXT NOT NULL,
  key         BLOB NOT NULL UNIQUE,
  prefix      TEXT NOT NULL UNIQUE,
  enrolled_us INTEGER NOT NULL,
  UNIQUE (device, epoch)
) STRICT;

-- One-time codes; only their hash is kept.
CREATE TABLE code (
  hash       BLOB NOT NULL PRIMARY KEY,
  venue      TEXT NOT NULL,
  name       TEXT NOT NULL,
  device     INTEGER NOT NULL,      -- 0: a new desk
  expires_us INTEGER NOT NULL,
  enrolment  INTEGER REFERENCES enrolment (id)  -- set once: the code is used
) STRICT, WITHOUT ROWID;
