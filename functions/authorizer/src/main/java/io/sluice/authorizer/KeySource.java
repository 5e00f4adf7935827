package io.sluice.authorizer;

/** Where the keys of one issuer come from. Thread-safe; may block for a fetch, at most seconds. */
interface KeySource {

  /** The keys that are believed now. */
  KeySet current();

  /** The keys after a look for newer ones, where one is due: a token names a key not known yet. */
  KeySet renewed();

  /** Begins to be ready for the first request. Returns when it is, or can't be. */
  default void prefetch() {
    var _ = current();
  }

  /** Keys that never change. */
  static KeySource fixed(KeySet keys) {
    return new KeySource() {
      @Override
      public KeySet current() {
        return keys;
      }

      @Override
      public KeySet renewed() {
        return keys;
      }
    };
  }
}
