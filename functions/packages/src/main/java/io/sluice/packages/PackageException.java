package io.sluice.packages;

/** Says why something can't be packed, or what a package lacks, and what to do about it. */
public final class PackageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PackageException(String message) {
    super(message);
  }

  PackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
