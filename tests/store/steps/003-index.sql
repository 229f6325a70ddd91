-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
CREATE UNIQUE INDEX thing_name ON thing (name);
INSERT INTO thing (name, size) VALUES ('third', 3);
