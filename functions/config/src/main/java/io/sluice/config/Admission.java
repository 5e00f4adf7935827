package io.sluice.config;

/** Whether a request for a feature that asks no model is answered. */
public sealed interface Admission permits Admission.Admitted, Resolution.Refused {

  /**
   * It is.
   *
   * @param logContent whether rows and settings allow question and answer in the audit record
   * @param refuseUnaudited whether a request that cannot be recorded must not be answered
   * @param snapshot the snapshot's number
   * @param stale whether the snapshot is older than it should be
   */
  record Admitted(boolean logContent, boolean refuseUnaudited, long snapshot, boolean stale)
      implements Admission {}
}
