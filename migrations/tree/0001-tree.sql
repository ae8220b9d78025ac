-- The Merkle tree over the events of a log, as a node has built it. It is no view: what stands here was seen when it was recorded, and is
-- what the log is held against.
CREATE TABLE tile (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  -- Up to 256 hashes of 32 bytes.
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT;

-- Where the event of each leaf stands in the log, in the order of both.
CREATE TABLE leaf (
  number INTEGER PRIMARY KEY,
  position TEXT NOT NULL UNIQUE
) STRICT;

-- What stands in the stream of checkpoints: those that were signed, and what witnesses have added to them.
CREATE TABLE checkpoint (
  revision INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE cosignature (
  revision INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  witness TEXT NOT NULL,
  cosigned_at TEXT NOT NULL,
  line TEXT NOT NULL
) STRICT;

CREATE INDEX cosignature_by_size ON cosignature (size);

-- How far the tree has come. One row.
CREATE TABLE progress (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  -- Position up to which the log was scanned; empty before the first event.
  position TEXT NOT NULL,
  size INTEGER NOT NULL,
  -- The last revision of the stream of checkpoints; -1 before the first.
  checkpoints INTEGER NOT NULL,
  -- Leaves before this one were held against the log in the round that is under way; and when the last round was over.
  scrubbed INTEGER NOT NULL,
  scrubbed_at TEXT
) STRICT;

INSERT INTO progress VALUES (1, '', 0, -1, 0, NULL);

-- What does not agree with the log. It stays until the log agrees again.
CREATE TABLE finding (
  number INTEGER PRIMARY KEY,
  found_at TEXT NOT NULL,
  -- changed, missing, added, or of the checkpoints.
  kind TEXT NOT NULL,
  -- The leaf; of what was added, the one that it stands before. Null where it is of no leaf.
  leaf INTEGER,
  message TEXT NOT NULL UNIQUE
) STRICT;
