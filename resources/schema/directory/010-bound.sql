-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- directory.db, step 10. What is set aside has a limit: then a row is kept without its bytes (an empty box), and in the
-- end only counted. Whom it was about stays in "overtaken" in any case.

ALTER TABLE state ADD COLUMN aside_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE state ADD COLUMN aside_bytes INTEGER NOT NULL DEFAULT 0;   -- of their boxes
ALTER TABLE state ADD COLUMN aside_lost INTEGER NOT NULL DEFAULT 0;    -- rows that were only counted
UPDATE state SET aside_rows = (SELECT count(*) FROM set_aside),
                 aside_bytes = (SELECT ifnull(sum(length(box)), 0) FROM set_aside);
CREATE TRIGGER set_aside_more AFTER INSERT ON set_aside BEGIN
  UPDATE state SET aside_rows = aside_rows + 1, aside_bytes = aside_bytes + length(NEW.box);
END;
CREATE TRIGGER set_aside_less AFTER DELETE ON set_aside BEGIN
  UPDATE state SET aside_rows = aside_rows - 1, aside_bytes = aside_bytes - length(OLD.box);
END;
