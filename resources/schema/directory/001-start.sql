-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 1. Rows are found by a keyed hash (the first 16 bytes of it) and are sealed
-- under the desk's vault key; without that key no table tells who is in it.

CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL,
  n_entries INTEGER NOT NULL,
  key_check BLOB NOT NULL            -- a sealed constant: tells at once that the vault key is wrong
) STRICT;

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
  gseq INTEGER NOT NULL,
  photo BLOB CHECK (length(photo) = 16),
  box BLOB                           -- NULL: removed; the row stays so that gseq only goes forward
) STRICT;

CREATE INDEX entry_photo ON entry (photo) WHERE photo IS NOT NULL;

-- Documents and tokens. One document may lead to two entries: two accreditations of one person.
CREATE TABLE lookup (
  key BLOB NOT NULL CHECK (length(key) = 16),
  entry INTEGER NOT NULL REFERENCES entry (id),
  PRIMARY KEY (key, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX lookup_entry ON lookup (entry);

CREATE TABLE photo (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  name BLOB NOT NULL,                -- sealed: the photo's hash, to ask the hub for it
  box BLOB                           -- NULL: has not come yet
) STRICT;

CREATE INDEX photo_missing ON photo (key) WHERE box IS NULL;

CREATE TABLE document (
  name TEXT PRIMARY KEY,
  box BLOB NOT NULL
) STRICT;

-- Changes of the feed that could not be understood, for a person to look at.
CREATE TABLE set_aside (
  gseq INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 16),
  box BLOB NOT NULL,                 -- sealed: the raw change
  why BLOB NOT NULL,                 -- sealed
  PRIMARY KEY (gseq, digest)
) STRICT, WITHOUT ROWID;
