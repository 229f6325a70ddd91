-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Whether a change is still the newest of an accreditation, asked for each that is forgotten.
CREATE INDEX entry_gseq ON entry (gseq);
