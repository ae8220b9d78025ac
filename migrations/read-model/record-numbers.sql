-- Records have numbers in the order in which they were opened, so that what is written together stands together. Their ids are spread at
-- random: an index by them would be written all over with every commit.
CREATE TABLE numbered_record (
  number INTEGER PRIMARY KEY,
  -- The kind of its stream.
  category TEXT NOT NULL,
  record_id TEXT NOT NULL,
  UNIQUE (record_id, category)
) STRICT;
