package io.tollgate.metering.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store of our own around a key-value store of Kafka Streams, which has its files and changelog.
 */
abstract class LoggedStore implements StateStore {

  final KeyValueStore<Bytes, byte[]> logged;

  LoggedStore(KeyValueStore<Bytes, byte[]> logged) {
    this.logged = logged;
  }

  @Override
  public String name() {
    return logged.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    logged.init(context, root);
  }

  @Override
  public void flush() {
    logged.flush();
  }

  @Override
  public void close() {
    logged.close();
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return logged.isOpen();
  }

  @Override
  public Position getPosition() {
    return logged.getPosition();
  }
}
