-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 9. What one program could not read is tried again by the next. A row of the feed is found by what it
-- overtakes; one of a snapshot overtakes nobody, and is good for as long as that snapshot is in use.

ALTER TABLE set_aside ADD COLUMN snapshot INTEGER NOT NULL DEFAULT 0;   -- 1: of the one being loaded; 2: of the one in use
ALTER TABLE state ADD COLUMN tried_by TEXT NOT NULL DEFAULT '';         -- the program that tried all of them last

CREATE INDEX overtaken_gseq ON overtaken (gseq);
