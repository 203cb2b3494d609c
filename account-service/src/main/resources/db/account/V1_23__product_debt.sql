-- What is owed for each product, and the times that do not count towards the grace (C10.1).
create table product_debt (
  account text not null references account,
  product text not null,
  due_at timestamptz not null,
  account_wide boolean not null,
  primary key (account, product)
);
comment on column product_debt.due_at is 'due instant of the product''s earliest unpaid bill';
comment on column product_debt.account_wide is 'whether it concerns all of the account''s pay-as-you-go instances';

create table force_majeure (
  account text not null references account,
  declaration text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (account, declaration)
);
