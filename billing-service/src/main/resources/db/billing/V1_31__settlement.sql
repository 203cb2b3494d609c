-- What policy decided is kept with what it decided: a later change never rewrites the past.
alter table movement add column allocation text check (allocation in ('PRINCIPAL_FIRST', 'PENALTY_FIRST'));
comment on column movement.allocation is 'of a receipt: what of a bill it pays first, as in force when it was booked';
alter table movement disable trigger movement_append_only;
update movement m
   set allocation = coalesce(
         (select p.value from policy_row p
           where p.name = 'recharge.allocation' and p.product_id is null
             and p.effective_from <= m.booked_at
           order by array_position(array['MAIN_AGREEMENT', 'PRICE_APPENDIX', 'ORDER_PAGE', 'SPECIAL_TERMS',
                                         'GENERAL_TERMS'], p.level),
                    p.effective_from desc, p.policy_row_id desc
           limit 1), 'PRINCIPAL_FIRST')
 where m.kind = 'RECEIPT';
alter table movement enable trigger movement_append_only;
alter table movement add check ((kind = 'RECEIPT') = (allocation is not null));

-- Drawn credit names its bill: the oldest draw is restored first.
create table credit_draw (
  account_id text not null,
  bill_id text not null,
  drawn_at timestamptz not null,
  amount numeric(26, 6) not null check (amount > 0),
  primary key (account_id, bill_id, drawn_at)
) with (fillfactor = 60);
-- The newest draws are those that are still drawn.
insert into credit_draw (account_id, bill_id, drawn_at, amount)
select account_id, bill_id, drawn_at, least(amount, credit_drawn - newer)
  from (select p.account_id, p.bill_id, p.drawn_at, p.amount, a.credit_drawn,
               sum(p.amount) over newest_first - p.amount as newer
          from (select account_id, bill_id, value_time as drawn_at, -sum(amount) as amount
                  from posting where sub_account = 'CREDIT' and bill_id is not null
                 group by account_id, bill_id, value_time having sum(amount) < 0) p
          join account a using (account_id)
        window newest_first as (partition by p.account_id
                                    order by p.drawn_at desc, p.bill_id desc)) d
 where newer < credit_drawn;

-- Force majeure excuses the customer as well (C10.1).
create table force_majeure (
  declaration_id text primary key,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  of_all boolean not null,
  reason text not null,
  declared_by text not null,
  declared_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  applied_after text
);
comment on column force_majeure.of_all is 'for every account, else for those of force_majeure_account';
comment on column force_majeure.applied_after is 'accounts up to this one, in their order, have been told and recomputed; null when all have';
create table force_majeure_account (
  declaration_id text not null references force_majeure,
  account_id text not null references account,
  primary key (declaration_id, account_id)
);
create index force_majeure_by_account on force_majeure_account (account_id);
create index force_majeure_unapplied on force_majeure (declaration_id) where applied_after is not null;
