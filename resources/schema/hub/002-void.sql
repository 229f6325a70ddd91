-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Void badges, of which the negative list names some by their serials.
CREATE INDEX badge_void ON badge (number, sequence) WHERE flags >= 4;
