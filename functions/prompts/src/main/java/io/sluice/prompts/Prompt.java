package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.Message;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.output.OutputContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A version of a prompt for one family of models. Immutable, thread-safe. */
public final class Prompt {

  /** One message of the prompt. */
  record Section(Message.Role role, PromptTemplate template) {}

  /** How far the estimate of tokens may be off. */
  private static final double MARGIN = 0.95;

  private final PromptPath path;
  private final PromptHeader header;
  private final List<Section> sections;
  private final Map<String, String> examples;
  private final Set<String> tags = new HashSet<>();
  private final Budgets budgets;
  private final int ownTokens;

  Prompt(
      PromptPath path, PromptHeader header, List<Section> sections, Map<String, String> examples) {
    this.path = path;
    this.header = header;
    this.sections = List.copyOf(sections);
    this.examples = Map.copyOf(examples);
    this.budgets = new Budgets(header.inputs());
    int tokens = 0;
    for (Section section : sections) {
      tags.addAll(section.template().tags());
      tokens += TokenEstimate.of(section.template().render(JsonObject.EMPTY));
    }
    this.ownTokens = tokens;
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

  /** What the model's answer must look like, as a check. */
  public OutputContract contract() {
    return header.contract();
  }

  /**
   * The messages for these inputs. Values go in literally, template syntax and all, but for what
   * looks like structure ({@link DataGuard}) and what is too long ({@link Budgets}); {@code null}
   * goes in as nothing; inputs that the prompt doesn't know are ignored. A last message of the
   * assistant is there only for models that continue it.
   *
   * @throws MissingInputException if a required input is absent; {@code null} is present
   */
  public Rendered render(JsonObject inputs, Audience audience) throws MissingInputException {
    Set<String> missing = new TreeSet<>(header.required());
    missing.removeAll(inputs.members().keySet());
    if (!missing.isEmpty()) {
      throw new MissingInputException(missing);
    }
    int room = (int) (audience.promptTokens() * MARGIN) - ownTokens;
    Budgets.Fitted fitted = budgets.fit(inputs, room);
    DataGuard guard = guard(audience.family());
    JsonObject.Builder data = JsonObject.builder();
    for (Map.Entry<String, JsonValue> value : fitted.values().entrySet()) {
      data.put(value.getKey(), GuardedValue.of(value.getValue(), guard));
    }
    JsonObject values = data.put(PromptTemplate.TAG, audience.tag()).build();
    List<Message> messages = new ArrayList<>(sections.size());
    for (Section section : sections) {
      if (section.role() != Message.Role.ASSISTANT || continues(audience.prefill())) {
        messages.add(new Message(section.role(), section.template().render(values)));
      }
    }
    return new Rendered(messages, fitted.tokens(), fitted.cut());
  }

  /**
   * Whether the prompt begins the answer, so that the model continues it.
   *
   * @param prefill whether the model's row says that it can
   */
  public boolean continues(boolean prefill) {
    return prefill && header.prefill();
  }

  /** Breaks in a text what looks like structure, as {@link #render} does in inputs. */
  public DataGuard guard(ModelFamily family) {
    return new DataGuard(tags, family);
  }

  /** The inputs without which the prompt can't be rendered. */
  Set<String> required() {
    return header.required();
  }

  /** The estimated tokens of the prompt without data. */
  int ownTokens() {
    return ownTokens;
  }

  /** The most tokens that our own words may take. */
  int ceiling() {
    return header.ceiling();
  }

  /** The complete answers that the prompt shows the model, by name. */
  Map<String, String> examples() {
    return examples;
  }

  /** The inputs to which the examples are answers. */
  JsonObject exampleInputs() {
    return header.exampleInputs();
  }

  List<Section> sections() {
    return sections;
  }
}
