-- Batches of all accounts counted lines in one row of a meter, and waited for each other's commits there.
alter table unpriced_meter drop column lines;

-- What is declared for all accounts is asked for with every batch of penalties.
create index force_majeure_of_all on force_majeure (from_at) where of_all;
