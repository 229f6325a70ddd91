-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 7. Photos that were taken at this desk, sealed as those of the hub are. The hub never has them, so
-- they are no part of the feed; they go when nobody of this number is in the directory any more.

CREATE TABLE taken_photo (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),   -- as that of the entry
  box BLOB NOT NULL
) STRICT, WITHOUT ROWID;
