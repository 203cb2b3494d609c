alter table account alter column partition set not null;
