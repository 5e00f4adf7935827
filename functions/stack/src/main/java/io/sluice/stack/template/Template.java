package io.sluice.stack.template;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A translated template, as it stands in its file. Immutable.
 *
 * @param name the file's name, for messages
 */
public record Template(String name, JsonObject root) {

  /**
   * Reads a file.
   *
   * @throws UnresolvedException if it is no JSON object, or still needs a transform
   * @throws IOException if it can't be read
   */
  public static Template read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try {
      if (Json.read(Files.readAllBytes(file)) instanceof JsonObject root) {
        return new Template(name, root);
      }
      throw new UnresolvedException(name, "no JSON object");
    } catch (JsonSyntaxException e) {
      throw new UnresolvedException(name, e.getMessage() + "");
    }
  }

  public Template {
    if (root.has("Transform")) {
      throw new UnresolvedException(name, "not translated: it still has a Transform");
    }
  }

  /** A section such as {@code Resources}; empty where the template has none. */
  public JsonObject section(String section) {
    return Objects.requireNonNullElse(root.object(section), JsonObject.EMPTY);
  }

  /** A member of a section, or an exception that names it. */
  JsonObject member(String section, String member) {
    JsonObject found = section(section).object(member);
    if (found == null) {
      throw new UnresolvedException(name, "there is no " + section + "." + member);
    }
    return found;
  }
}
