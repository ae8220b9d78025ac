-- What queries are quick by, and projecting has no need of: made once the read model is built.

CREATE INDEX IF NOT EXISTS access_record_by_subject ON access_record (subject, at, position, place);
CREATE INDEX IF NOT EXISTS access_record_by_office ON access_record (office, at, position, place);
CREATE INDEX IF NOT EXISTS access_record_by_time ON access_record (at, position, place);
-- What was shown of everything was shown of each case.
CREATE INDEX IF NOT EXISTS access_record_of_everything ON access_record (position, place) WHERE part = 'everything';
