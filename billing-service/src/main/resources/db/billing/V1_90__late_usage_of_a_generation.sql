-- What one generation of metering tells late is complete when that generation says so, whatever others have said.
alter table late_usage add column generation text not null default '';
comment on column late_usage.generation is 'the generation whose marker completes it; empty where none is awaited';
update late_usage l
   set generation = coalesce((select m.generation from usage_marker m
                               where m.p = l.p and m.q = l.q and m.granularity = l.granularity
                               order by m.tick desc nulls last limit 1), '')
 where l.p <> -1;
