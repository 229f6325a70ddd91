-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- How the change feed went on: an era begins whenever a hub opens this database. A desk tells the era under which it
-- got its cursor; if the era ended before that cursor, this database was put back from a backup in between.
CREATE TABLE era (
  id         INTEGER PRIMARY KEY,
  era        INTEGER NOT NULL UNIQUE,  -- random
  since_gseq INTEGER NOT NULL          -- head of the feed as it began
) STRICT;

-- Records whose kind or version this hub does not know. They are looked at again when the program is a later one.
CREATE TABLE opaque (
  device  INTEGER NOT NULL,
  epoch   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;
