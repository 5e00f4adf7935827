package io.sluice.backend.openai;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelEvent.Failure.Kind;

/** Reads the vectors of an embeddings answer: one for each text, in the texts' order. */
final class EmbeddingAnswer {

  private EmbeddingAnswer() {}

  /**
   * The vectors by index.
   *
   * @throws CallFailure unless each index has exactly one vector of finite numbers, all of one size
   */
  static double[][] vectors(JsonObject document, int count) throws CallFailure {
    JsonArray data = document.array("data");
    if (data == null || data.size() != count) {
      throw malformed("has another count of embeddings than the request has texts");
    }
    double[][] vectors = new double[count][];
    for (JsonValue item : data) {
      if (!(item instanceof JsonObject embedding)) {
        throw malformed("has an embedding that is no object");
      }
      Long index = embedding.number("index");
      if (index == null || index < 0 || index >= count || vectors[index.intValue()] != null) {
        throw malformed("has an embedding whose index is wrong");
      }
      vectors[index.intValue()] = vector(embedding.array("embedding"));
    }
    for (double[] vector : vectors) {
      if (vector.length != vectors[0].length) {
        throw malformed("has embeddings of different sizes");
      }
    }
    return vectors;
  }

  private static double[] vector(@org.jspecify.annotations.Nullable JsonArray values)
      throws CallFailure {
    if (values == null || values.size() == 0) {
      throw malformed("has an embedding without numbers");
    }
    double[] vector = new double[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i) instanceof JsonNumber n ? n.doubleValue() : Double.NaN;
      if (!Double.isFinite(vector[i])) {
        throw malformed("has an embedding with a value that is no finite number");
      }
    }
    return vector;
  }

  private static CallFailure malformed(String what) {
    return new CallFailure(Kind.PROTOCOL, "The answer " + what + ".");
  }
}
