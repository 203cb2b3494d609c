package io.tollgate.store.webhook;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the host names of webhooks and rejects names with an address that is not public.
 *
 * <p>The connection goes to the address that was checked: resolving first and connecting by name
 * later would let the owner of the name answer differently the second time (DNS rebinding).
 */
final class PublicResolver extends AddressResolverGroup<InetSocketAddress> {

  private final boolean allowPrivate;

  PublicResolver(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /** A name resolves to an address that is not public. */
  static final class NotPublicException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotPublicException(String message) {
      super(message);
    }
  }

  /** The addresses of a name. */
  List<InetAddress> addresses(String host) throws UnknownHostException {
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
    for (InetAddress address : addresses) {
      Optional<String> kind = allowPrivate ? Optional.empty() : AddressKind.notPublic(address);
      if (kind.isPresent()) {
        throw new NotPublicException(
            WebhookUrl.notPublic(host, address.getHostAddress() + " is " + kind.get()));
      }
    }
    return addresses;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Names(executor).asAddressResolver();
  }

  /** Resolves names on a virtual thread, because an event loop must not block. */
  private final class Names extends InetNameResolver {

    Names(EventExecutor executor) {
      super(executor);
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
      Thread.startVirtualThread(
          () -> {
            @Nullable List<InetAddress> found = found(host, promise);
            if (found != null) {
              promise.trySuccess(found.getFirst());
            }
          });
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
      Thread.startVirtualThread(
          () -> {
            @Nullable List<InetAddress> found = found(host, promise);
            if (found != null) {
              promise.trySuccess(found);
            }
          });
    }

    private @Nullable List<InetAddress> found(String host, Promise<?> promise) {
      try {
        return addresses(host);
      } catch (UnknownHostException e) {
        promise.tryFailure(e);
        return null;
      }
    }
  }
}
