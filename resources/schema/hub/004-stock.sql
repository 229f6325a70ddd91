-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What each printer of each desk has left, as the desk reckoned with its newest record about it.
CREATE TABLE stock (
  device     INTEGER NOT NULL,
  printer    TEXT NOT NULL,
  cards_left INTEGER,                      -- NULL: nobody has counted; below 0: wrongly counted
  told_us    INTEGER NOT NULL,             -- when, as the desk believed
  closed_us  INTEGER NOT NULL DEFAULT 0,   -- its last close of a shift; 0: none
  PRIMARY KEY (device, printer)
) STRICT, WITHOUT ROWID;
