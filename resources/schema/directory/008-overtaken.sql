-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 8. A row that was set aside may cancel an accreditation or tell of a second badge: until a later one
-- is understood, nobody gets a badge on the strength of the row before it.

CREATE TABLE overtaken (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),   -- of the number, as in entry_key
  round INTEGER NOT NULL,
  gseq INTEGER NOT NULL              -- of the newest row of it that was set aside
) STRICT, WITHOUT ROWID;
