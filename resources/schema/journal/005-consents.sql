-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What each person last said to each consent of the pack, so that nobody is asked twice. The records
-- are what proves it: this is their fold.
CREATE TABLE consent (
  accreditation TEXT NOT NULL,
  id TEXT NOT NULL,            -- code of the pack
  version INTEGER NOT NULL,    -- of its words
  decision INTEGER NOT NULL,   -- LanyardConsentDecision
  PRIMARY KEY (accreditation, id)
) STRICT, WITHOUT ROWID;
