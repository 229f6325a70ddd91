-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Records that came together are one row: a row a record is what taking them in took longest for.
-- Rows are never changed and never deleted. The keys hold each (device, epoch, seq) to one place and
-- the chain to no gap: a stretch begins at 1 or behind the end of another, and behind no end twice.
CREATE TABLE stretch (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- to page by
  device      bigint NOT NULL,
  epoch       bigint NOT NULL,
  first       bigint NOT NULL CHECK (first >= 1),
  last        bigint NOT NULL,
  before      bigint GENERATED ALWAYS AS (nullif (first - 1, 0)) STORED,
  hashes      bytea[] NOT NULL,
  records     bytea[] NOT NULL,
  received_us bigint NOT NULL,
  UNIQUE (device, epoch, first),
  UNIQUE (device, epoch, last),
  FOREIGN KEY (device, epoch, before) REFERENCES stretch (device, epoch, last),
  CHECK (last - first BETWEEN 0 AND 499),
  CHECK (cardinality (hashes) = last - first + 1),
  CHECK (cardinality (records) = last - first + 1)
);
ALTER TABLE stretch ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE stretch ALTER COLUMN records SET STORAGE EXTERNAL;

-- What came together stays together, and what came first comes first: a hub that is rebuilt, and who
-- looks at a record that was set aside, go by the order of arrival and by its time.
INSERT INTO stretch (device, epoch, first, last, hashes, records, received_us)
  SELECT device, epoch, min (seq), max (seq), array_agg (hash ORDER BY seq),
         array_agg (encoded ORDER BY seq), received_us
    FROM (SELECT *, count (*) FILTER (WHERE begins) OVER (ORDER BY id) AS upload
            FROM (SELECT *, (device, epoch, seq, received_us) IS DISTINCT FROM
                            (lag (device) OVER came, lag (epoch) OVER came,
                             lag (seq) OVER came + 1, lag (received_us) OVER came) AS begins
                    FROM record WINDOW came AS (ORDER BY id)) AS placed) AS grouped
    GROUP BY upload, device, epoch, received_us, (seq - 1) / 500 ORDER BY min (id);
DROP TABLE record;
CREATE TRIGGER stretch_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON stretch
  FOR EACH STATEMENT EXECUTE FUNCTION record_stays ();

-- One by one, for whoever reads. Where first > seq - 500 and first <= seq are asked for too, it is
-- found through the index.
CREATE VIEW record AS
  SELECT stretch.id * 512 + place.n - 1 AS id, stretch.id AS stretch, stretch.first,
         stretch.device, stretch.epoch, stretch.first + place.n - 1 AS seq, place.hash,
         place.encoded, stretch.received_us
    FROM stretch CROSS JOIN LATERAL unnest (stretch.hashes, stretch.records)
      WITH ORDINALITY AS place (hash, encoded, n);
