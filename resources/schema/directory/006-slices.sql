-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 6. SQLite makes an index in one piece, and drops a table in one piece; with a million people nobody
-- was served meanwhile. So what leads to a row is a table of its own, which a load fills in slices in the order of its
-- keys. A row carries all keys that lead to it, so that they can be put in order again after a restart, and go with it.

CREATE TABLE new_entry (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL CHECK (length(key) = 16),
  gseq INTEGER NOT NULL,
  round INTEGER NOT NULL DEFAULT 0,
  photo BLOB CHECK (length(photo) = 16),
  lookups BLOB CHECK (length(lookups) % 16 = 0),   -- its keys in lookup, one after the other
  box BLOB                           -- NULL: removed; the row stays so that gseq only goes forward
) STRICT;

INSERT INTO new_entry (id, key, gseq, round, photo, lookups, box)
  SELECT id, key, gseq, round, photo,
         (SELECT CAST(group_concat(l.key, '') AS BLOB) FROM lookup AS l WHERE l.entry = e.id), box
  FROM entry AS e ORDER BY id;

CREATE TABLE entry_key (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  entry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO entry_key (key, entry) SELECT key, id FROM entry ORDER BY key;

CREATE TABLE new_entry_photo (
  photo BLOB NOT NULL CHECK (length(photo) = 16),
  entry INTEGER NOT NULL,
  PRIMARY KEY (photo, entry)
) STRICT, WITHOUT ROWID;

INSERT INTO new_entry_photo (photo, entry) SELECT photo, id FROM entry WHERE photo IS NOT NULL ORDER BY photo, id;

CREATE TABLE new_lookup (
  key BLOB NOT NULL CHECK (length(key) = 16),
  entry INTEGER NOT NULL,
  PRIMARY KEY (key, entry)
) STRICT, WITHOUT ROWID;

INSERT INTO new_lookup (key, entry) SELECT key, entry FROM lookup ORDER BY key, entry;

-- A load of the earlier kind begins again; one whose swap was over has only photos to sweep.
DROP TABLE IF EXISTS load_lookup;
DROP TABLE IF EXISTS load_entry;
DROP TABLE IF EXISTS load_photo;
DROP TABLE IF EXISTS old_lookup;
DROP TABLE IF EXISTS old_entry;
DELETE FROM load WHERE stage < 50;
UPDATE load SET chunk = 0, row = 0;

DROP TABLE lookup;
DROP TABLE entry;
ALTER TABLE new_entry RENAME TO entry;
ALTER TABLE new_entry_photo RENAME TO entry_photo;   -- an index had this name
ALTER TABLE new_lookup RENAME TO lookup;
