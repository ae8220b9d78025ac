-- Cases have numbers in the order in which they were opened, so that what is written together stands together. Their ids are spread at
-- random: an index by them would be written all over with every commit.
CREATE TABLE numbered_case (
  number INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE
) STRICT;
