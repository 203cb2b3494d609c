-- Arrears are told product by product; the account keeps the earliest of all of them.
create table told_arrears (
  account_id text not null references account,
  product_id text not null,
  bill_id text not null,
  due_at timestamptz not null,
  primary key (account_id, product_id)
);

insert into told_arrears (account_id, product_id, bill_id, due_at)
select a.account_id, b.product_id, a.arrears_bill_id, a.arrears_due_at
  from account a join bill b on b.account_id = a.account_id and b.bill_id = a.arrears_bill_id;
