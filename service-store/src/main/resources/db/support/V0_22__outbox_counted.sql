-- What was told = what is published + what waits: so that a row that vanished from the outbox shows.

alter table outbox add column counted boolean not null default false;
comment on column outbox.counted is 'whether outbox_sequence numbers it: then outbox_published counts it when it goes';

create table outbox_published (
  topic text primary key,
  events bigint not null check (events >= 0)
);

-- Rows that wait already are not counted when they go: they count as published from here.
insert into outbox_published (topic, events)
select topic, sum(sequence) from outbox_sequence group by topic;
