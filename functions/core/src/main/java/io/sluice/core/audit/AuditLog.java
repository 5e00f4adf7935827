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
}
