-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Which card each seal is on: a seal makes one card valid, whatever desk put it there.
CREATE TABLE seal (
  seal   TEXT NOT NULL PRIMARY KEY,
  serial TEXT NOT NULL
) STRICT, WITHOUT ROWID;
