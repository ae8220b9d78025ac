-- What queries are quick by, and projecting has no need of: made once the read model is built.

CREATE INDEX IF NOT EXISTS register_record_by_category ON register_record (category, record_number);
