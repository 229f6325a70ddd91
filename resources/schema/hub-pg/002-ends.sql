-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- When a badge ends by itself, s since 1970-01-01 UTC: a week later nobody has to be told that it
-- is void. 0: not known.
ALTER TABLE badge ADD COLUMN ends_s bigint NOT NULL DEFAULT 0;
ALTER TABLE holding ADD COLUMN ends_s bigint NOT NULL DEFAULT 0;
