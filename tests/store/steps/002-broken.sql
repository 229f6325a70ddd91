-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
ALTER TABLE thing ADD COLUMN colour TEXT;
INSERT INTO thing_that_is_not_there VALUES (1);
