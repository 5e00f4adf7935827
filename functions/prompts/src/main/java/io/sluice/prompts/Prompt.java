package io.sluice.prompts;

import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A version of a prompt for one family of models. Immutable, thread-safe. */
public final class Prompt {

  /** One message of the prompt. */
  record Section(Message.Role role, PromptTemplate template) {}

  private final PromptPath path;
  private final PromptHeader header;
  private final List<Section> sections;

  Prompt(PromptPath path, PromptHeader header, List<Section> sections) {
    this.path = path;
    this.header = header;
    this.sections = List.copyOf(sections);
  }

  /** The id, such as {@code code_suggestions/completions}. */
  public String id() {
    return path.id();
  }

  /** The folder that the prompt was found in: a family's name or {@code base}. */
  public String variant() {
    return path.folder();
  }

  public String version() {
    return path.version();
  }

  /** The name for people; code generation answers with it. */
  public String name() {
    return header.name();
  }

  /** GitLab's name of the feature that the prompt belongs to. */
  public String feature() {
    return header.feature();
  }

  /** The scope that a caller needs. */
  public String unitPrimitive() {
    return header.unitPrimitive();
  }

  /** What the prompt asks for; what is {@code null} is left to the family and the model's row. */
  public Sampling sampling() {
    return header.sampling();
  }

  /** How long an answer may take, in seconds; {@code null} where the prompt doesn't say. */
  public @Nullable Integer timeoutSeconds() {
    return header.timeoutSeconds();
  }

  /** The inputs that the prompt knows, by name. */
  public Map<String, PromptInput> inputs() {
    return header.inputs();
  }

  /** What the model's answer must look like, in words. */
  public String output() {
    return header.output();
  }

  /**
   * The messages for these inputs. Values go in literally, template syntax and all; {@code null}
   * goes in as nothing; inputs that the prompt doesn't know are ignored.
   *
   * @throws MissingInputException if a required input is absent; {@code null} is present
   */
  public List<Message> render(JsonObject inputs) throws MissingInputException {
    Set<String> missing = new TreeSet<>(header.required());
    missing.removeAll(inputs.members().keySet());
    if (!missing.isEmpty()) {
      throw new MissingInputException(missing);
    }
    List<Message> messages = new ArrayList<>(sections.size());
    for (Section section : sections) {
      messages.add(new Message(section.role(), section.template().render(inputs)));
    }
    return messages;
  }

  List<Section> sections() {
    return sections;
  }
}
