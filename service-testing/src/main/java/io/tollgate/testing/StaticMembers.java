package io.tollgate.testing;

import io.tollgate.support.messaging.KafkaClients;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/**
 * The places that a closed service keeps in its consumer groups: it would be back soon. A test's is
 * gone for good, and the next one would wait until its session has timed out.
 */
public final class StaticMembers {

  private final Map<String, Object> admin;
  private final String instance;

  private StaticMembers(Map<String, Object> admin, String instance) {
    this.admin = admin;
    this.instance = instance;
  }

  /** Those of the service that has these clients. */
  public static StaticMembers of(KafkaClients clients) {
    return new StaticMembers(clients.adminConfig("leave"), clients.instanceId());
  }

  /** Gives the places up; the service must be closed. */
  public void leave() {
    try (Admin broker = Admin.create(admin)) {
      Set<String> groups =
          broker.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
              .map(GroupListing::groupId)
              .collect(Collectors.toSet());
      for (ConsumerGroupDescription group :
          broker.describeConsumerGroups(groups).all().get().values()) {
        Set<MemberToRemove> ours = ours(group);
        if (!ours.isEmpty()) {
          broker
              .removeMembersFromConsumerGroup(
                  group.groupId(), new RemoveMembersFromConsumerGroupOptions(ours))
              .all()
              .get();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(instance + " cannot leave its groups", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A client with several members numbers them behind the instance's id. */
  private Set<MemberToRemove> ours(ConsumerGroupDescription group) {
    return group.members().stream()
        .flatMap(member -> member.groupInstanceId().stream())
        .filter(id -> id.startsWith(instance))
        .map(MemberToRemove::new)
        .collect(Collectors.toSet());
  }
}
