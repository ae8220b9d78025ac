-- The embedded event log. One row an event; `position` is its place in the whole log. The writer takes positions
-- from one sequence and never gives one twice.
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  stream   TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id       TEXT NOT NULL,
  type     TEXT NOT NULL,
  data     TEXT NOT NULL,
  metadata TEXT NOT NULL,
  UNIQUE (stream, revision)
) STRICT;

-- Streams that were made unreadable for good. A tombstone takes a position too, so that the position of a deleted
-- last event is not given to another one, which a subscriber past it would never see.
CREATE TABLE tombstone (
  stream   TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- What is recorded is never edited.
CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never edited');
END;

CREATE TRIGGER event_goes_only_with_its_stream BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE stream = OLD.stream)
BEGIN
  SELECT RAISE(ABORT, 'an event is deleted only with its tombstoned stream');
END;

CREATE TRIGGER tombstone_is_never_edited BEFORE UPDATE ON tombstone
BEGIN
  SELECT RAISE(ABORT, 'a tombstone is never edited');
END;

CREATE TRIGGER tombstone_stays BEFORE DELETE ON tombstone
BEGIN
  SELECT RAISE(ABORT, 'a tombstone is never taken away');
END;
