package io.tollgate.billing.usage;

import io.tollgate.model.Granularity;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the streams of markers and how far each output partition is closed. */
@Repository
class JdbcMarkers {
  private static final String SAVE =
      """
      insert into usage_marker (generation, granularity, aggregation_partition, output_partition,
                                sequence, closed_up_to, tick, records_seen, events_seen, stopped)
      values (:generation, :granularity, :partition, :output, :sequence, :closed, :tick, :records,
              :events, :stopped)
      on conflict (generation, granularity, aggregation_partition, output_partition) do update
         set sequence = excluded.sequence, closed_up_to = excluded.closed_up_to,
             tick = excluded.tick, records_seen = excluded.records_seen,
             events_seen = excluded.events_seen, stopped = excluded.stopped
      """;
  private static final String NOTE =
      """
      insert into usage_marker_advance (generation, granularity, aggregation_partition,
                                        output_partition, closed_up_to, tick)
      values (:generation, :granularity, :partition, :output, :closed, :tick)
      on conflict do nothing
      """;
  private static final String ADVANCE =
      """
      with heard as (
        select min(closed_up_to) as all_up_to from usage_marker
         where generation = :generation and granularity = :granularity
           and output_partition = :output and closed_up_to is not null
        having count(*) = :partitions),
      said as (
        select aggregation_partition, closed_up_to, tick from usage_marker_advance
         where generation = :generation and granularity = :granularity
           and output_partition = :output)
      insert into usage_watermark (output_partition, granularity, closed_up_to, tick)
      select :output, :granularity, step.closed_up_to,
             (select max(first.tick)
                from (select min(tick) as tick from said
                       where said.closed_up_to >= step.closed_up_to
                       group by aggregation_partition) first)
        from (select distinct closed_up_to from said, heard where closed_up_to <= all_up_to) step
      on conflict (output_partition, granularity, closed_up_to) do nothing
      """;
  private static final String FORGET =
      """
      delete from usage_marker_advance
       where generation = :generation and granularity = :granularity
         and output_partition = :output
         and closed_up_to <= (select max(w.closed_up_to) from usage_watermark w
                               where w.output_partition = :output and w.granularity = :granularity)
      """;

  private final JdbcClient jdbc;
  private final int partitions;

  JdbcMarkers(JdbcClient jdbc, KafkaSettings kafka) {
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  /** The streams that end in an output partition. */
  Map<Markers.Key, Markers> of(int output, Granularity granularity) {
    Map<Markers.Key, Markers> markers = new HashMap<>();
    jdbc.sql(
            "select * from usage_marker where output_partition = :output"
                + " and granularity = :granularity")
        .param("output", output)
        .param("granularity", granularity.name())
        .query((row, n) -> read(row))
        .list()
        .forEach(each -> markers.put(each.key(), each));
    return markers;
  }

  private static Markers read(ResultSet row) throws SQLException {
    return new Markers(
        new Markers.Key(
            row.getString("generation"),
            Granularity.valueOf(row.getString("granularity")),
            row.getInt("aggregation_partition"),
            row.getInt("output_partition")),
        row.getLong("sequence"),
        Columns.optionalInstant(row, "closed_up_to"),
        Columns.optionalInstant(row, "tick"),
        row.getLong("records_seen"),
        row.getLong("events_seen"),
        Optional.ofNullable(row.getString("stopped")));
  }

  /** Stores the streams and, where all of them have moved on, the output partition's advance. */
  void save(Collection<Markers> markers) {
    for (Markers each : markers) {
      jdbc.sql(SAVE)
          .param("generation", each.key().generation())
          .param("granularity", each.key().granularity().name())
          .param("partition", each.key().partition())
          .param("output", each.key().output())
          .param("sequence", each.sequence())
          .param("closed", each.closedUpTo().map(Timestamp::from).orElse(null))
          .param("tick", each.tick().map(Timestamp::from).orElse(null))
          .param("records", each.recordsSeen())
          .param("events", each.eventsSeen())
          .param("stopped", each.stopped().orElse(null))
          .update();
      each.advances().forEach(advance -> note(each.key(), advance));
    }
  }

  private void note(Markers.Key key, Markers.Advance advance) {
    jdbc.sql(NOTE)
        .param("generation", key.generation())
        .param("granularity", key.granularity().name())
        .param("partition", key.partition())
        .param("output", key.output())
        .param("closed", Timestamp.from(advance.closedUpTo()))
        .param("tick", Timestamp.from(advance.tick()))
        .update();
  }

  /**
   * Notes how far an output partition is closed now, step by step, each with the business time at
   * which the last stream said so: however many markers arrive together, bills get the same dates.
   */
  void advance(String generation, Granularity granularity, int output) {
    jdbc.sql(ADVANCE)
        .param("generation", generation)
        .param("granularity", granularity.name())
        .param("output", output)
        .param("partitions", partitions)
        .update();
    jdbc.sql(FORGET)
        .param("generation", generation)
        .param("granularity", granularity.name())
        .param("output", output)
        .update();
  }
}
