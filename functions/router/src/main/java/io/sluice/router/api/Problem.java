package io.sluice.router.api;

/**
 * What is wrong with one member of a request. Never holds a value that the request sent.
 *
 * @param member the member's path, such as {@code current_file.file_name}
 * @param message what it must be
 * @param disclosed whether every caller is told; other problems are told only as {@code Validation
 *     error} (contract 1.4)
 */
public record Problem(String member, String message, boolean disclosed) {

  @Override
  public String toString() {
    return member.isEmpty() ? message : member + ": " + message;
  }
}
