package io.sluice.lambda;

import java.io.IOException;

/**
 * What an answer's first bytes say about its form: an HTTP integration's answer starts with a JSON
 * object of status and headers, and eight NULs; anything else is streamed as it is. Never changes a
 * byte.
 */
enum Prelude {
  HTTP("application/vnd.awslambda.http-integration-response"),
  NONE("application/octet-stream");

  /** Within so many bytes Lambda looks for the delimiter's end. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final int DELIMITER_LENGTH = 8;

  private final String contentType;

  Prelude(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /**
   * The form of an answer whose first flush holds those bytes.
   *
   * @throws IOException if it has a prelude that is longer than Lambda takes
   */
  static Prelude of(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || bytes[offset] != '{') {
      return NONE;
    }
    int nulls = 0;
    for (int i = 0; i < length; i++) {
      nulls = bytes[offset + i] == 0 ? nulls + 1 : 0;
      if (nulls == DELIMITER_LENGTH) {
        if (i + 1 > MAX_LENGTH) {
          throw new IOException(
              "status and headers of the answer take more than Lambda's 16 KB: fewer or shorter"
                  + " headers are needed");
        }
        return HTTP;
      }
    }
    return NONE;
  }
}
