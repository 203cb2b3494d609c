-- What is to be posted is looked for platform by platform.
create index command_to_post on command (platform, number)
  where state = 'PENDING' and posted_delivery < delivery;
