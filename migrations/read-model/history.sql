-- Every event of every record as it was recorded, in log order; what is sealed stays sealed.
CREATE TABLE event (
  position TEXT PRIMARY KEY,
  record_number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  known_at TEXT NOT NULL,
  -- JSON text as the log has it.
  data TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_by_record ON event (record_number, revision);
-- Where the log was at an instant. It grows at its end, as the log does.
CREATE INDEX event_by_known_at ON event (known_at, position);
