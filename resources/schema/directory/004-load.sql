-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 4. A directory that is loaded from a snapshot stands in tables load_* beside the
-- old one, which serves until all is there. This row tells how far that has come.
CREATE TABLE load (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  snapshot BLOB NOT NULL CHECK (length(snapshot) = 32),
  gseq INTEGER NOT NULL,             -- the cursor after the swap
  era INTEGER NOT NULL,              -- of the feed in which that counts
  chunk INTEGER NOT NULL,            -- the next chunk
  row INTEGER NOT NULL,              -- rows of that chunk that are here already
  n_entries INTEGER NOT NULL,
  stage INTEGER NOT NULL             -- LanyardLoadStage
) STRICT;
