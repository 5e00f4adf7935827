package io.sluice.usertoken;

import java.io.IOException;

/**
 * Signs with the one key that user tokens are signed with, and never shows it. Thread-safe; may
 * block.
 */
@FunctionalInterface
public interface TokenSigner {

  /**
   * The RS256 signature (RSASSA-PKCS1-v1_5 with SHA-256) of those bytes.
   *
   * @throws IOException if the key is missing, broken or can't be reached
   */
  byte[] sign(byte[] input) throws IOException;
}
