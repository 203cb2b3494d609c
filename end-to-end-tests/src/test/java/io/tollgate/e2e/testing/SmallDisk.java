package io.tollgate.e2e.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system of a fixed size in memory, to be filled up. Only root may mount one: whoever else
 * gets a plain directory, that is never filled.
 */
public final class SmallDisk implements AutoCloseable {

  private static final String SIZE = "800m";
  private static final int BLOCK = 1 << 20;

  private final Path root;
  private final boolean mounted;

  private SmallDisk(Path root, boolean mounted) {
    this.root = root;
    this.mounted = mounted;
  }

  /** Mounts one at an empty directory of this name below the build's directory. */
  public static SmallDisk mount(String name) {
    try {
      Path root = Path.of("target", "disks", name).toAbsolutePath();
      var unused = run(List.of("umount", root.toString()));
      Files.createDirectories(root);
      boolean mounted =
          run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", root.toString()));
      return new SmallDisk(root, mounted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory on it. */
  public Path directory() {
    return root.resolve("data");
  }

  /** Whether it can be filled. */
  public boolean canBeFilled() {
    return mounted;
  }

  /** Leaves no byte free. */
  public void fill() {
    if (!mounted) {
      throw new IllegalStateException("a plain directory is not filled");
    }
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // What it was written for.
    }
  }

  /**
   * Fills all but a share of it.
   *
   * @param share what stays free, e.g. 0.07
   */
  public void leave(double share) {
    try (FileChannel filler =
        FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileStore store = Files.getFileStore(root);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (mounted && store.getUsableSpace() > share * store.getTotalSpace()) {
        var unused = filler.write(block.rewind());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives free what filled it. */
  public void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  private static boolean run(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      if (mounted && !run(List.of("umount", root.toString()))) {
        throw new IllegalStateException("cannot unmount " + root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
