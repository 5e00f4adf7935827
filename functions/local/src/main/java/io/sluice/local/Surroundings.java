package io.sluice.local;

import io.sluice.core.log.JsonLog;
import java.time.Clock;

/** What the process gives the gateway: a place for its log, and the word to end. */
interface Surroundings {

  /** The log, open from now on. */
  JsonLog log(Settings settings, Clock clock) throws StartupException;

  /** Waits until the end is asked for. */
  void awaitEnd() throws InterruptedException;
}
