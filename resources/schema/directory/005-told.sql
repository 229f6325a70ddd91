-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 5. Those who run the hub are told of each row that was set aside, also when the power went
-- between the two: what is not marked here is told (again).

ALTER TABLE set_aside ADD COLUMN told INTEGER NOT NULL DEFAULT 0;   -- 1: the journal says so
