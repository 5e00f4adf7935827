package io.sluice.core.audit;

import io.sluice.core.json.JsonObject;

/** Where audit records go. Thread-safe. */
@FunctionalInterface
public interface AuditLog {

  /**
   * Accepts a record: when this returns, the record survives the end of the process.
   *
   * @throws AuditException if the record cannot be kept
   */
  void append(JsonObject record) throws AuditException;

  /**
   * Begins to accept a record, where that takes time, beside what the caller does next. Here it is
   * accepted before this returns.
   *
   * @throws AuditException if the record cannot be kept, as far as that is known at once
   */
  default Acceptance begin(JsonObject record) throws AuditException {
    append(record);
    return Acceptance.GIVEN;
  }

  /** A record on its way. Thread-safe. */
  @FunctionalInterface
  interface Acceptance {

    /** Of a record that is accepted already. */
    Acceptance GIVEN = () -> {};

    /**
     * Waits until the record is accepted: from then on it survives the end of the process.
     *
     * @throws AuditException if it cannot be kept
     */
    void await() throws AuditException;
  }
}
