-- The products that billing has published: an instance is registered of one of these only.
create table product (
  product text primary key
);
