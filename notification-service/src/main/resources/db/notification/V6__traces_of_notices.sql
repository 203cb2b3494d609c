-- An e-mail is sent long after the request that caused its notice, and belongs to the same trace.
alter table notice add column traceparent text;
comment on column notice.traceparent is 'W3C trace context of what caused it; none while tracing is off';
