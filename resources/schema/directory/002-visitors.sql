-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 2. Names that staff typed for day passes: of this desk alone, sealed as every
-- entry is, and gone when the pass has ended. The hub never has them, so they are no part of the feed.

CREATE TABLE visitor (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  expires_s INTEGER NOT NULL,
  box BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX visitor_expires ON visitor (expires_s);
