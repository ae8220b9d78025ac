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

-- Who has read what of a person's data, in the order of the log.
CREATE TABLE access_record (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- Of the event, and the place among its records.
  position TEXT NOT NULL,
  place INTEGER NOT NULL,
  at TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Null of a person at the command line.
  office TEXT,
  role TEXT NOT NULL,
  part TEXT NOT NULL,
  outcome TEXT NOT NULL,
  purpose TEXT
) STRICT;

CREATE INDEX access_record_by_event ON access_record (position);
CREATE INDEX access_record_by_subject ON access_record (subject, at);
CREATE INDEX access_record_by_office ON access_record (office, at);
CREATE INDEX access_record_by_time ON access_record (at);
-- What was shown of everything was shown of each case.
CREATE INDEX access_record_of_everything ON access_record (number) WHERE part = 'everything';

-- The records of which something was read.
CREATE TABLE accessed (
  record_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (record_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX accessed_by_number ON accessed (number);

-- The streams that the records stand in, until they were removed after the time for which they are kept.
CREATE TABLE access_stream (
  stream TEXT PRIMARY KEY,
  day TEXT NOT NULL
) STRICT, WITHOUT ROWID;
