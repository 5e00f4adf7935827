package io.sluice.eval;

import io.sluice.core.json.JsonObject;
import io.sluice.gitlab.DuoException;
import java.io.IOException;

/** Asks a feature as its client does. */
@FunctionalInterface
interface EvalClient {

  /**
   * What the user gets, as text.
   *
   * @throws DuoException if GitLab can make nothing of the answer
   * @throws IOException if no whole answer came
   */
  String ask(JsonObject ask) throws DuoException, IOException;
}
