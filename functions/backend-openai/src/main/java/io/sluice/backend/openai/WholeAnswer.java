package io.sluice.backend.openai;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.outbound.OutboundResponse;
import java.io.EOFException;
import java.io.IOException;

/** Reads an answer that comes as one JSON document. */
final class WholeAnswer {

  /** Vectors are longer than text: 16 MiB are 200 vectors of 4096 numbers. */
  private static final int LONGEST_EMBEDDINGS = 2 * AnswerSize.LONGEST;

  private WholeAnswer() {}

  /** Reports the answer, its end included. */
  static void read(OutboundResponse response, AnswerDocument answer)
      throws CallFailure, IOException {
    JsonObject document = object(Json::readLimited, body(response, AnswerSize.LONGEST));
    ErrorAnswer.throwIfError(document);
    JsonArray choices = document.array("choices");
    if (choices == null || choices.items().stream().noneMatch(JsonObject.class::isInstance)) {
      throw new CallFailure(Kind.PROTOCOL, "The answer has no choices.");
    }
    answer.take(document);
    answer.finish();
  }

  /** Reports the vectors of so many texts, and the end. */
  static void readVectors(
      OutboundResponse response, int count, AnswerDocument answer, Delivery delivery)
      throws CallFailure, IOException {
    JsonObject document = object(Json::read, body(response, LONGEST_EMBEDDINGS));
    ErrorAnswer.throwIfError(document);
    double[][] vectors = EmbeddingAnswer.vectors(document, count);
    for (int i = 0; i < count; i++) {
      delivery.send(new ModelEvent.Vector(i, vectors[i]));
    }
    answer.take(document); // for its usage
    answer.finish();
  }

  private static byte[] body(OutboundResponse response, int longest)
      throws CallFailure, IOException {
    byte[] body = response.body().readNBytes(longest + 1);
    if (body.length > longest) {
      throw new CallFailure(
          Kind.TOO_LARGE, "The answer is longer than " + longest + " bytes, its limit.");
    }
    if (body.length == 0) {
      throw new EOFException("the answer is empty");
    }
    return body;
  }

  private interface Reader {
    JsonValue read(byte[] utf8) throws JsonSyntaxException;
  }

  private static JsonObject object(Reader reader, byte[] body) throws CallFailure {
    try {
      if (reader.read(body) instanceof JsonObject document) {
        return document;
      }
    } catch (JsonSyntaxException e) {
      throw new CallFailure(Kind.PROTOCOL, "The answer is " + e.getMessage() + ".");
    }
    throw new CallFailure(Kind.PROTOCOL, "The answer is no JSON object.");
  }
}
