-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- journal.db, step 3. Badges that another desk made and this one voided: of them there is no pickup
-- here. One row for each VOIDED record that belongs to no pickup.
CREATE TABLE void_other (
  serial TEXT PRIMARY KEY,
  accreditation TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX void_other_accreditation ON void_other (accreditation);
