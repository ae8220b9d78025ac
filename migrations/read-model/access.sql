-- The events by which it was put on record, many records in each.
CREATE TABLE access_event (
  position TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  -- JSON text as the log has it.
  data TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;

CREATE INDEX access_event_by_stream ON access_event (stream);

-- Who has read what of a person's data. A record is known by its place in the log, which stays the same where the view is built again
-- from a log of which earlier streams are gone.
CREATE TABLE access_record (
  -- Of the event, and the place among its records.
  position TEXT NOT NULL,
  place INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Null of a person at the command line.
  office TEXT,
  role TEXT NOT NULL,
  part TEXT NOT NULL,
  outcome TEXT NOT NULL,
  purpose TEXT,
  -- JSON: the whole of it. Many records are in one event, which is read for the proof alone.
  record TEXT NOT NULL,
  PRIMARY KEY (position, place)
) STRICT;

-- The records of which something was read.
CREATE TABLE accessed (
  record_id TEXT NOT NULL,
  position TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (record_id, position, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX accessed_by_event ON accessed (position);

-- The streams that the records stand in, until they were removed after the time for which they are kept.
CREATE TABLE access_stream (
  stream TEXT PRIMARY KEY,
  day TEXT NOT NULL
) STRICT, WITHOUT ROWID;
