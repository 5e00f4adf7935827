package io.sluice.config.store;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A YAML document as JSON: no tags, no aliases of collections, no duplicate keys; of the implicit
 * types only those of YAML 1.2's JSON schema, so that {@code 2026-12-31} and {@code on} stay texts.
 * Nothing is constructed but JSON values.
 *
 * @param value the document
 * @param line its first line in the whole text
 */
record YamlDocument(JsonValue value, int line) {

  private static final int MAX_DEPTH = 32;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?");

  /**
   * Reads a document; empty where the text has nothing but comments.
   *
   * @param firstLine the text's first line in the whole
   */
  static Optional<YamlDocument> read(String text, int firstLine) throws MalformedYamlException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(YamlRows.MAX_CHARACTERS);
    DumperOptions dumper = new DumperOptions();
    Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    try {
      Node root = yaml.compose(new StringReader(text));
      return root == null
          ? Optional.empty()
          : Optional.of(new YamlDocument(value(root, firstLine), line(root, firstLine)));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      throw new MalformedYamlException(
          firstLine + line, "is not acceptable YAML: " + kind(e.getProblem()));
    } catch (YAMLException e) {
      throw new MalformedYamlException(firstLine, "is not acceptable YAML: too deep or too large");
    }
  }

  /** The parser's words without its quotations, which may hold content of the file. */
  private static String kind(String problem) {
    String words = problem == null ? "malformed" : problem.replaceAll("[:'\"(<].*", "").strip();
    return words.equals("expected") ? "a bracket, a comma or a quote is missing" : words;
  }

  private static JsonValue value(Node node, int firstLine) throws MalformedYamlException {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, firstLine);
      case SequenceNode sequence -> array(sequence, firstLine);
      case MappingNode mapping -> object(mapping, firstLine);
      default ->
          throw new MalformedYamlException(line(node, firstLine), "has an alias; write it out");
    };
  }

  private static JsonArray array(SequenceNode sequence, int firstLine)
      throws MalformedYamlException {
    List<JsonValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(value(item, firstLine));
    }
    return new JsonArray(items);
  }

  private static JsonObject object(MappingNode mapping, int firstLine)
      throws MalformedYamlException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new MalformedYamlException(
            line(tuple.getKeyNode(), firstLine), "has a field name that is no text");
      }
      if (members.put(key.getValue(), value(tuple.getValueNode(), firstLine)) != null) {
        throw new MalformedYamlException(line(key, firstLine), "has a field that occurs twice");
      }
    }
    return new JsonObject(members);
  }

  private static JsonValue scalar(ScalarNode scalar, int firstLine) throws MalformedYamlException {
    String tag = scalar.getTag().getValue();
    if (!tag.startsWith("tag:yaml.org,2002:")) {
      throw new MalformedYamlException(line(scalar, firstLine), "has a tag; rows have none");
    }
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      return JsonValue.of(text);
    }
    return switch (text) {
      case "true" -> JsonValue.of(true);
      case "false" -> JsonValue.of(false);
      case "null", "~", "" -> JsonNull.NULL;
      default -> NUMBER.matcher(text).matches() ? new JsonNumber(text) : JsonValue.of(text);
    };
  }

  private static int line(Node node, int firstLine) {
    return firstLine + node.getStartMark().getLine();
  }
}
