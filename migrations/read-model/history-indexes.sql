-- What queries are quick by, and projecting has no need of: made once the read model is built.

CREATE UNIQUE INDEX IF NOT EXISTS event_by_record ON event (record_number, revision);
-- Where the log was at an instant. It grows at its end, as the log does.
CREATE INDEX IF NOT EXISTS event_by_known_at ON event (known_at, position);
