-- Platforms' webhooks move to the tables that every service has.
insert into webhook_endpoint (owner, url, secret) select platform, url, secret from webhook;
drop table webhook;

-- What is queued for a webhook is found for all platforms together; the outcome is in the log.
drop index command_to_post;
create index command_to_post on command (number) where state = 'PENDING' and posted_delivery < delivery;
alter table command drop column posted_outcome;
comment on column command.posted_delivery is 'the last delivery that was also queued for a webhook';
