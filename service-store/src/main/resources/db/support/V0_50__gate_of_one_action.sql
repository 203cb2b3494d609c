-- A gate belongs to one action. Gates of before named no action, so none of them opens anything.
delete from gate;
alter table gate drop column kind, drop column subject;
alter table gate add column action jsonb not null;
comment on column gate.action is 'what the notice announced; the gate opens nothing else';

-- Each part of an action passes its gate once: an instance of a relocation, else the action itself.
create table gate_use (
  notice_id text not null references gate,
  part      text not null,
  used_at   timestamptz not null,
  used_by   text not null,
  primary key (notice_id, part)
);
comment on column gate_use.part is 'the instance, where an action is carried out one instance at a time; else empty';
create trigger gate_use_append_only before update or delete or truncate on gate_use
  for each statement execute function refuse_change();
