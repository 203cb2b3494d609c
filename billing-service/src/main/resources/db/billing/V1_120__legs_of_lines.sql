-- How a line was rated is a list of legs of one shape, whatever each one is: a new way to pay needs no column of its own.
alter table charge_line disable trigger charge_line_append_only;
update charge_line
   set rated = jsonb_strip_nulls(jsonb_build_object(
         'counterBefore', rated -> 'counterBefore',
         'counterAfter', rated -> 'counterAfter',
         'priceVersion', rated -> 'priceVersion',
         'basis', nullif(rated ->> 'basis', 'PRICED'),
         'amount', rated -> 'amount',
         'legs', case kind
           when 'USAGE' then
             case when (rated ->> 'freeQuantity')::numeric > 0
                  then jsonb_build_array(jsonb_build_object(
                         'kind', 'ALLOWANCE', 'quantity', rated -> 'freeQuantity', 'amount', 0))
                  else '[]' end
             || (select coalesce(jsonb_agg(split || '{"kind": "PRICE_TIER"}' order by number), '[]')
                   from jsonb_array_elements(rated -> 'splits')
                        with ordinality as of_line (split, number))
           else jsonb_build_array(jsonb_build_object(
                  'kind', case kind when 'FLAT' then 'FLAT_FEE' else kind end,
                  'quantity', quantity,
                  'amount', (rated #>> '{amount,amount}')::numeric))
         end));
alter table charge_line enable trigger charge_line_append_only;

comment on column charge_line.rated is
  'how the line was rated, beyond its columns: counters, price version, legs, everything needed to rate it again';
