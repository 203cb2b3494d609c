package io.tollgate.bench;

import io.tollgate.model.event.WireMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.PGConnection;

/** What the broker and the database do bare, with the same records and settings. */
final class Limits {
  private static final String TOPIC = "bench.limit";
  private static final int PARTITIONS = 4;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path data;
  private final String broker;

  Limits(Path data) throws IOException {
    this.data = data;
    this.broker = "127.0.0.1:" + port("kafka", "broker");
  }

  private String port(String part, String name) throws IOException {
    Properties ports = new Properties();
    try (InputStream in = Files.newInputStream(data.resolve(part).resolve("ports.properties"))) {
      ports.load(in);
    }
    return Optional.ofNullable(ports.getProperty(name))
        .orElseThrow(() -> new IOException("no port of " + name));
  }

  /** A raw producer, acks=all. */
  Figure producer(Sample sample) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker,
            "acks",
            "all",
            "linger.ms",
            2,
            "batch.size",
            131_072,
            "compression.type",
            "lz4",
            "buffer.memory",
            67_108_864L);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      return Figure.of(
          "limit of ingest: raw producer, acks=all",
          sample.events(),
          () -> {
            for (int number = 0; number < sample.events(); number++) {
              var unused =
                  producer.send(
                      new ProducerRecord<>(TOPIC, sample.key(number), sample.event(number)));
            }
            producer.flush();
          });
    }
  }

  /** A plain consumer that parses every record. */
  Figure consumer(Sample sample) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "max.poll.records", 5_000, "fetch.min.bytes", 65_536);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          java.util.stream.IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(TOPIC, partition))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      return Figure.of(
          "limit of aggregation: consumer that parses",
          sample.events(),
          () -> {
            int read = 0;
            while (read < sample.events()) {
              for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (WireMapper.mapper().readTree(record.value()).has("id")) {
                  read++;
                }
              }
            }
          });
    }
  }

  private Connection connect() throws Exception {
    String password = Files.readString(data.resolve("postgres").resolve("password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port("postgres", "postgres") + "/tollgate",
        "postgres",
        password);
  }

  /**
   * COPY into the columns of a charge line with a primary key and a unique key.
   *
   * @param who how many lines a bill has
   */
  Figure copy(long rows, Population who) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists bench_line");
      statement.execute("create table bench_line (like billing.charge_line)");
      statement.execute("alter table bench_line add primary key (account_id, bill_id, line_no)");
      statement.execute("create unique index on bench_line (bill_id, line_no)");
      String json = rated(statement);
      return Figure.of(
          "limit of charging: COPY, primary and unique key",
          rows,
          () -> {
            var copy =
                connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy bench_line from stdin");
            for (long row = 0; row < rows; row++) {
              byte[] line = line(row, who, json);
              copy.writeToCopy(line, 0, line.length);
            }
            copy.endCopy();
          });
    }
  }

  private static byte[] line(long row, Population who, String json) {
    long bill = row / who.linesPerBill();
    long number = row % who.linesPerBill();
    return ("%s-%d\tbill-%d\t%d\tvm\t2024-03-01 00:00:00Z\tUSAGE\ti-%d\tunits\t{}"
            + "\t2024-03-01 00:00:00Z\t2024-03-01 01:00:00Z\t1\t4\t0.04\t%s\n")
        .formatted(
            who.prefix(), bill % who.accounts(), bill, number + 1, number / who.meters(), json)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String rated(Statement statement) throws Exception {
    try (var row = statement.executeQuery("select rated::text from billing.charge_line limit 1")) {
      return row.next() ? row.getString(1).replace("\\", "\\\\") : "{}";
    }
  }

  /** How many lines were charged. */
  long lines() {
    return count("billing.charge_line");
  }

  /** How many usage windows billing has stored. */
  long windows() {
    return count("billing.usage_window");
  }

  private long count(String table) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    } catch (Exception e) {
      throw new IllegalStateException("can't count " + table, e);
    }
  }
}
