-- In every read model: how far it has come. One row, written in the transaction of the rows that it stands for.
CREATE TABLE checkpoint (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  -- Position in the log up to which everything was scanned; empty before the first event.
  position TEXT NOT NULL,
  -- The latest recordedAt of all events so far: what was known at an instant is a prefix of the log.
  known_at TEXT NOT NULL,
  -- The first event and its stream: by them another log than the one that the rows were built from is known. Empty before it.
  first_stream TEXT NOT NULL,
  first_event TEXT NOT NULL
) STRICT;

INSERT INTO checkpoint VALUES (1, '', '', '', '');
