-- Contacts that differ only by the letter case of the domain were mailed twice: the first one stays.
update contact
   set emails = (select array_agg(kept.address order by kept.place)
                   from (select distinct on (given.mailbox) given.address, given.place
                           from (select address, place,
                                        split_part(address, '@', 1) || '@' || lower(split_part(address, '@', 2)) as mailbox
                                   from unnest(emails) with ordinality as written (address, place)) given
                          order by given.mailbox, given.place) kept)
 where cardinality(emails) > 1;
