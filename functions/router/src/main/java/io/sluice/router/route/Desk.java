package io.sluice.router.route;

import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.config.RoutingTable;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.answer.KeepAlive;
import io.sluice.router.api.CurrentFile;
import io.sluice.router.call.ModelCaller;
import io.sluice.router.error.RefusalException;
import io.sluice.router.language.Language;
import io.sluice.router.language.Languages;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What every route works with. Immutable, thread-safe. */
public final class Desk {

  private final Routing routing;
  private final Answering answering;
  private final PromptRegister prompts;
  private final Languages languages;
  private final Clock clock;
  private final String region;

  /**
   * @param region the region that answers name (contract 3.5)
   */
  public Desk(
      RoutingTable table,
      ModelCaller caller,
      PromptRegistry prompts,
      Languages languages,
      KeepAlive keepAlive,
      Clock clock,
      String region) {
    this.routing = new Routing(table);
    this.answering = new Answering(caller, keepAlive);
    this.prompts = new PromptRegister(prompts, new SecureRandom());
    this.languages = languages;
    this.clock = clock;
    this.region = region;
  }

  Routing routing() {
    return routing;
  }

  Answering answering() {
    return answering;
  }

  PromptRegister prompts() {
    return prompts;
  }

  Languages languages() {
    return languages;
  }

  Clock clock() {
    return clock;
  }

  String region() {
    return region;
  }

  /** Epoch seconds. */
  long now() {
    return clock.instant().getEpochSecond();
  }

  /** What answers call the file's language; empty when unknown. */
  String lang(CurrentFile file) {
    return languages
        .detect(file.fileName(), file.languageIdentifier())
        .map(Language::id)
        .orElse("");
  }

  /** Records the prompt that the route's first candidate is asked with. */
  Prompt record(ApiRequest request, String promptId, Route route, @Nullable String constraint)
      throws RefusalException {
    Prompt prompt = prompts.find(promptId, route.candidates().getFirst(), constraint);
    request.exchange().trail().prompt(prompt.id(), prompt.version());
    return prompt;
  }

  /** Whether a row or setting switches the feature off: completions then just have no choices. */
  boolean isDisabled(Resolution resolution) {
    return resolution instanceof Resolution.Refused refused
        && refused.reason() == Resolution.Reason.DISABLED;
  }

  /** Whether a request may not be answered unrecorded. */
  boolean refuseUnaudited(Resolution resolution) {
    return !(resolution instanceof Resolution.Routed routed) || routed.route().refuseUnaudited();
  }
}
