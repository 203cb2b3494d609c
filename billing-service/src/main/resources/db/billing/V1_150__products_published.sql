-- Products are published from their creation on, not from their first price on: account registers
-- instances of published products only. Those that are here already are published by the next sweep.
insert into state_to_tell (topic, record_key)
select 'prices', product_id from product
on conflict do nothing;
