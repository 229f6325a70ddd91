-- SPDX-FileCopyrightText: The Lanyard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The hub's tables in PostgreSQL. All whole numbers are bigint, as the program reads them; text is
-- ordered by its bytes, as the program orders it. Tables with rows that change leave room in their
-- pages, so that a change touches no index.

-- What desks sent, as they sent it. Rows are never changed and never deleted.
CREATE TABLE record (
  id          bigint GENERATED ALWAYS AS IDENTITY UNIQUE, -- to page by; says nothing about order
  device      bigint NOT NULL,
  epoch       bigint NOT NULL,
  seq         bigint NOT NULL,
  hash        bytea NOT NULL,
  encoded     bytea NOT NULL,
  received_us bigint NOT NULL,
  PRIMARY KEY (device, epoch, seq)
);
ALTER TABLE record ALTER COLUMN encoded SET STORAGE EXTERNAL;
CREATE FUNCTION record_stays () RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'records are immutable'; END $$;
CREATE TRIGGER record_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON record
  FOR EACH STATEMENT EXECUTE FUNCTION record_stays ();

-- How far the chain of one (device, epoch) reaches. The row is the lock of the stream.
CREATE TABLE stream (
  device     bigint NOT NULL,
  epoch      bigint NOT NULL,
  head_seq   bigint NOT NULL,
  head_hash  bytea NOT NULL,
  updated_us bigint NOT NULL,
  PRIMARY KEY (device, epoch)
) WITH (fillfactor = 50);

-- Records that are stored and acknowledged but make no sense: for a person to look at.
CREATE TABLE quarantine (
  device bigint NOT NULL,
  epoch  bigint NOT NULL,
  seq    bigint NOT NULL,
  why    text NOT NULL,
  -- What became of it. Empty while nobody has decided; set aside again, it is open again.
  decision   text NOT NULL DEFAULT '',   -- 'retried', 'dismissed'
  decided_us bigint NOT NULL DEFAULT 0,
  decided_by text NOT NULL DEFAULT '',
  reason     text NOT NULL DEFAULT '',
  PRIMARY KEY (device, epoch, seq)
);

-- What must never happen and did: forks.
CREATE TABLE alarm (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind   text NOT NULL,
  device bigint NOT NULL,
  epoch  bigint NOT NULL,
  seq    bigint NOT NULL,
  at_us  bigint NOT NULL,
  UNIQUE (kind, device, epoch, seq)
);

-- One card. flags: 1 issued, 2 nobody knows, 4 voided, 8 came back; they are only ever added.
CREATE TABLE badge (
  serial   text COLLATE "C" NOT NULL PRIMARY KEY,
  number   text COLLATE "C" NOT NULL,
  device   bigint NOT NULL,   -- that made it; 0: not known yet
  sequence bigint NOT NULL,
  flags    bigint NOT NULL,
  arrival  bigint NOT NULL DEFAULT 0,  -- in which order its accreditation's badges were heard of
  out_us   bigint NOT NULL DEFAULT 0   -- when it came out
) WITH (fillfactor = 70);
CREATE INDEX badge_number ON badge (number);
CREATE INDEX badge_void ON badge (number, sequence) WHERE flags >= 4;

-- The fold of all badges of one accreditation. Conflicts are found on this row, under its lock.
CREATE TABLE holding (
  number        text COLLATE "C" NOT NULL PRIMARY KEY,
  open_badges   bigint NOT NULL,
  last_sequence bigint NOT NULL,
  last_serial   text,
  disputed      bigint NOT NULL,
  void_below    bigint NOT NULL,  -- lowest valid sequence by the badges voided
  floor         bigint NOT NULL,  -- lowest valid sequence by the roster
  arrivals      bigint NOT NULL DEFAULT 0,
  decisions     bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
CREATE INDEX holding_disputed ON holding (number) WHERE disputed = 1;
CREATE INDEX holding_void ON holding (number) WHERE void_below > 0 OR floor > 0;

-- The change feed: append-only, so that a range of gseq is the same bytes for ever. gseq is no
-- sequence of the database, whose numbers commit out of order: it is given under the sequencer's
-- lock, which is held to the commit.
CREATE TABLE change (
  gseq   bigint PRIMARY KEY,
  number text COLLATE "C" NOT NULL,
  entry  bytea                       -- NULL: removed
);

-- The newest change of each accreditation.
CREATE TABLE entry (
  number text COLLATE "C" NOT NULL PRIMARY KEY,
  gseq   bigint NOT NULL
) WITH (fillfactor = 50);

-- id is given as gseq is.
CREATE TABLE alert (
  id      bigint PRIMARY KEY,
  device  bigint NOT NULL,
  kind    bigint NOT NULL,
  number  text NOT NULL,
  serials text NOT NULL,            -- one a line
  gseq    bigint NOT NULL,
  at_us   bigint NOT NULL
);
CREATE INDEX alert_device ON alert (device, id);

CREATE TABLE photo (
  hash    bytea NOT NULL PRIMARY KEY,
  content bytea NOT NULL
);
ALTER TABLE photo ALTER COLUMN content SET STORAGE EXTERNAL;

-- Signed lists and other small things with a name.
CREATE TABLE document (
  name    text COLLATE "C" NOT NULL PRIMARY KEY,
  content bytea NOT NULL
);

-- Every enrolment of every desk. The newest epoch of a device is the one in force.
CREATE TABLE enrolment (
  id          bigint PRIMARY KEY,  -- also the number in the serial prefix: never used twice
  device      bigint NOT NULL,
  epoch       bigint NOT NULL,
  venue       text NOT NULL,
  name        text NOT NULL,
  key         bytea NOT NULL UNIQUE,
  prefix      text NOT NULL UNIQUE,
  enrolled_us bigint NOT NULL,
  UNIQUE (device, epoch)
);

-- One-time codes; only their hash is kept.
CREATE TABLE code (
  hash       bytea NOT NULL PRIMARY KEY,
  venue      text NOT NULL,
  name       text NOT NULL,
  device     bigint NOT NULL,      -- 0: a new desk
  expires_us bigint NOT NULL,
  enrolment  bigint REFERENCES enrolment (id)  -- set once: the code is used
);

-- Which card each seal is on: a seal makes one card valid, whatever desk put it there.
CREATE TABLE seal (
  seal   text COLLATE "C" NOT NULL PRIMARY KEY,
  serial text COLLATE "C" NOT NULL
);

-- What each printer of each desk has left, as the desk reckoned with its newest record about it.
CREATE TABLE stock (
  device     bigint NOT NULL,
  printer    text COLLATE "C" NOT NULL,
  cards_left bigint,                      -- NULL: nobody has counted; below 0: wrongly counted
  told_us    bigint NOT NULL,             -- when, as the desk believed
  closed_us  bigint NOT NULL DEFAULT 0,   -- its last close of a shift; 0: none
  PRIMARY KEY (device, printer)
) WITH (fillfactor = 50);

-- How the change feed went on: an era begins whenever a hub opens this database.
CREATE TABLE era (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  era        bigint NOT NULL UNIQUE,  -- random
  since_gseq bigint NOT NULL          -- head of the feed as it began
);

-- Records whose kind or version this hub does not know.
CREATE TABLE opaque (
  device  bigint NOT NULL,
  epoch   bigint NOT NULL,
  seq     bigint NOT NULL,
  kind    bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (device, epoch, seq)
);

-- What people did with the hub's commands: append-only.
CREATE TABLE deed (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_us   bigint NOT NULL,
  person  text NOT NULL,          -- as the command was told, or the account that ran it
  what    text NOT NULL,          -- 'revoke', 'export', …
  subject text NOT NULL,          -- desk, record, accreditation number
  reason  text NOT NULL
);
CREATE TRIGGER deed_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON deed
  FOR EACH STATEMENT EXECUTE FUNCTION record_stays ();

-- Enrolments whose key is no longer trusted.
CREATE TABLE revocation (
  device bigint NOT NULL,
  epoch  bigint NOT NULL,
  at_us  bigint NOT NULL,
  person text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (device, epoch)
);

-- What each desk told of itself last, and when it was heard last.
CREATE TABLE desk_state (
  device      bigint NOT NULL PRIMARY KEY,
  epoch       bigint NOT NULL,
  seen_us     bigint NOT NULL,   -- the hub's clock
  told_us     bigint NOT NULL,   -- the hub's clock; 0: it has told nothing yet
  backlog     bigint NOT NULL,   -- records without a receipt
  oldest_us   bigint NOT NULL,   -- the oldest of them, by the desk's clock; 0: none
  gseq        bigint NOT NULL,   -- how far its directory is
  fresh_us    bigint NOT NULL,   -- when it knew last that this was all; 0: never
  negative_us bigint NOT NULL,   -- when its negative list was signed; 0: it has none
  software    text NOT NULL,
  pack        text NOT NULL      -- version of its pack
) WITH (fillfactor = 50);

-- Badges that came out, by desk and hour of the desk's clock.
CREATE TABLE pickup_hour (
  device bigint NOT NULL,
  epoch  bigint NOT NULL,
  hour   bigint NOT NULL,        -- since 1970-01-01 UTC
  n      bigint NOT NULL,
  PRIMARY KEY (hour, device, epoch)
) WITH (fillfactor = 50);

-- Decisions about conflicts. Only ever added.
CREATE TABLE resolution (
  id      text COLLATE "C" NOT NULL PRIMARY KEY, -- DEVICE-EPOCH-SEQ of its record; 0-0-N: the hub's
  number  text COLLATE "C" NOT NULL,
  keep    text NOT NULL,              -- serial
  voids   text NOT NULL,              -- serials, one a line
  settles text NOT NULL,              -- ids, one a line
  reason  bigint NOT NULL,
  who     text NOT NULL,
  second  text,
  at_us   bigint NOT NULL
);
CREATE INDEX resolution_number ON resolution (number, id);
