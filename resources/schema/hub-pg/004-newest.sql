-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- An accreditation's newest change stands in its one row, which uploads lock and write anyway.
ALTER TABLE holding ADD COLUMN gseq bigint NOT NULL DEFAULT 0; -- of its newest change; 0: none
INSERT INTO holding (number, open_badges, last_sequence, disputed, void_below, floor, gseq)
  SELECT number, 0, 0, 0, 0, 0, gseq FROM entry ORDER BY number
    ON CONFLICT (number) DO UPDATE SET gseq = excluded.gseq;
DROP TABLE entry;
