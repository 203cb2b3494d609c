package io.tollgate.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Why a directory cannot be used, in words: a file system's exception often names a path alone. */
final class DirectoryFaults {

  private DirectoryFaults() {}

  static String inWords(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "permission denied";
      case NoSuchFileException e -> e.getFile() + " does not exist and cannot be made";
      case FileAlreadyExistsException e -> e.getFile() + " is a file, not a directory";
      case NotDirectoryException e -> e.getFile() + " is a file, not a directory";
      case FileSystemException e -> Optional.ofNullable(e.getReason()).orElse(e.getFile());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
