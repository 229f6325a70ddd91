-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 3. Where the hub was put back from a backup, the feed is read again from its beginning: a new
-- round, in which every row gives way whatever its gseq. Rows of an earlier round stay in use until the feed was
-- read to its end, and then go.

ALTER TABLE state ADD COLUMN era INTEGER NOT NULL DEFAULT 0;    -- told by the hub with the cursor; 0: not yet
ALTER TABLE state ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
ALTER TABLE state ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;  -- 1: there may be rows of an earlier round
ALTER TABLE entry ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
