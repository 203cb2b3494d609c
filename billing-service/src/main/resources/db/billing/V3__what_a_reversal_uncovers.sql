-- What a reversal uncovers was owed from the reversal; from now on it is not owed before its bill is due.
-- Reversals that are booked keep the rule of their time: history is replayed by it.
alter table movement add column uncovered text check (uncovered in ('FROM_REVERSAL', 'FROM_DUE_TIME'));
alter table movement disable trigger movement_append_only;
update movement set uncovered = 'FROM_REVERSAL' where kind = 'REVERSAL';
alter table movement enable trigger movement_append_only;
alter table movement add constraint movement_uncovered check ((kind = 'REVERSAL') = (uncovered is not null));
comment on column movement.uncovered is 'of a reversal: from when what it uncovers is owed, as the rule was when it was booked';
