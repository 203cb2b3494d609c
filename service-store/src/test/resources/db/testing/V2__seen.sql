-- What the tests' handler was given, in the order of its commits.
create table seen (
  id bigint generated always as identity primary key,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  account text,
  value text not null
);

create table due_item (
  due_at timestamptz not null,
  done_at timestamptz
);
