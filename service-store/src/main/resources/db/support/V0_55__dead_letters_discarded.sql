-- A record that will never be applied is put away, with who decided it and why.
alter table dead_letter add column discarded_at timestamptz;
alter table dead_letter add column discarded_by text;
alter table dead_letter add column discard_reason text;
alter table dead_letter add constraint dead_letter_discarded_once
  check (discarded_at is null or (replayed_at is null and discarded_by is not null and discard_reason is not null));
