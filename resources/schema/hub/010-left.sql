-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Badges of which no record says what became of them: asked for when the enrolment of a desk ends.
CREATE INDEX badge_unanswered ON badge (device) WHERE flags IN (0, 2);
-- Those of them of which nobody is left who could be asked: questions for a supervisor.
CREATE INDEX badge_question ON badge (serial) WHERE flags IN (32, 34);
