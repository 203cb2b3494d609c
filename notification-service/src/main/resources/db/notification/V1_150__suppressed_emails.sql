-- An e-mail that must not be sent has not failed: nobody has to look at it, and no retry helps.
alter table email_delivery drop constraint email_delivery_state_check;
alter table email_delivery add constraint email_delivery_state_check
  check (state in ('PENDING', 'CLAIMED', 'SENT', 'FAILED', 'SUPPRESSED'));

update email_delivery set state = 'SUPPRESSED'
where state = 'FAILED'
  and last_error in ('contact removed', 'the account does not consent to marketing (C4.2.2)');

create index email_delivery_suppressed on email_delivery (delivery_id) where state = 'SUPPRESSED';
