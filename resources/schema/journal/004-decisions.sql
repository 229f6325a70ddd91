-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Where this desk's own decisions about people with several badges stand: until the hub has them,
-- the desk goes by them alone.
CREATE TABLE decision (
  device INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  accreditation TEXT NOT NULL,
  PRIMARY KEY (accreditation, device, epoch, seq)
) STRICT, WITHOUT ROWID;
