-- Which partition is meant, in full: of aggregation, or of the topics that carry its results.
alter table usage_marker rename column p to aggregation_partition;
alter table usage_marker rename column q to output_partition;
alter table usage_marker_advance rename column p to aggregation_partition;
alter table usage_marker_advance rename column q to output_partition;
alter table late_usage rename column p to aggregation_partition;
alter table late_usage rename column q to output_partition;
alter table usage_watermark rename column q to output_partition;
alter table billing_cycle rename column q to output_partition;
alter table unpriced_usage rename column q to output_partition;
