-- Operators list the accounts whose balance is low: few among many.
create index account_low_balance on account (account_id)
  where low_balance_told or low_balance_forecast_told;
