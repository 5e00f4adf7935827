package io.sluice.backend.openai;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import java.net.URI;
import java.util.regex.Pattern;

/** The URL of a request in the OpenAI protocol (contract 7.2). */
final class RequestUrl {

  private static final String AZURE_VERSION = "2025-02-01-preview";

  /** It becomes a path segment, so nothing that climbs or ends one may be in it. */
  private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private RequestUrl() {}

  /**
   * The URL for that call there.
   *
   * @throws CallFailure if an Azure deployment's name can't be one
   */
  static URI of(ModelCall call, Destination destination) throws CallFailure {
    String path =
        switch (call.input()) {
          case ModelCall.Chat _ -> "/chat/completions";
          case ModelCall.Completion _ -> "/completions";
          case ModelCall.Embedding _ -> "/embeddings";
        };
    if (destination.dialect() != Dialect.AZURE) {
      return URI.create(destination.base() + path);
    }
    String deployment = destination.model();
    if (!DEPLOYMENT.matcher(deployment).matches()) {
      throw new CallFailure(
          Kind.CONFIGURATION,
          "An Azure deployment's name holds letters, digits, dots, dashes and underscores only.");
    }
    return URI.create(
        destination.base()
            + "/openai/deployments/"
            + deployment
            + path
            + "?api-version="
            + AZURE_VERSION);
  }
}
