-- An account's number changes with each of its events: updated in place, without a new entry in the index.
alter table applied_sequence set (fillfactor = 60);
