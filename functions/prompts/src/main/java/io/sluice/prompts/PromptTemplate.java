package io.sluice.prompts;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.sluice.core.json.JsonObject;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A logic-light template, compiled once. Values are put in as they are and never read as template;
 * neither reflection nor files nor code can be reached from one. Thread-safe.
 */
final class PromptTemplate {

  /** The name under which a template finds what its data tags end in. */
  static final String TAG = "tag";

  private static final Pattern DATA_TAG = Pattern.compile("<([a-z][a-z_]*)_\\{\\{tag}}");

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(false)
          .emptyStringIsFalse(true)
          .defaultValue("")
          .withFormatter(JsonValues::text)
          .withCollector(new JsonValues());

  private final Template template;
  private final Set<String> tags;

  /**
   * Compiles a template.
   *
   * @param examples what the template can include, by name: never another file. An include stands
   *     on a line of its own, which the example takes the place of
   * @throws MustacheException if it is malformed
   */
  PromptTemplate(String text, Map<String, String> examples) {
    this.template =
        COMPILER
            .withLoader(
                name -> {
                  String example = examples.get(name);
                  if (example == null) {
                    throw new MustacheException("a prompt includes no other file: " + name);
                  }
                  return new StringReader(example + "\n");
                })
            .compile(text);
    this.tags =
        DATA_TAG.matcher(text).results().map(tag -> tag.group(1)).collect(Collectors.toSet());
  }

  /** The names of the tags that enclose data, without what is random in them. */
  Set<String> tags() {
    return tags;
  }

  String render(JsonObject inputs) {
    return template.execute(inputs);
  }

  /** The names that the template mentions, those inside of lists too. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    template.visit(
        new Mustache.Visitor() {
          @Override
          public void visitText(String text) {}

          @Override
          public void visitVariable(String name) {
            names.add(name);
          }

          @Override
          public boolean visitInclude(String name) {
            return true;
          }

          @Override
          public boolean visitSection(String name) {
            names.add(name);
            return true;
          }

          @Override
          public boolean visitInvertedSection(String name) {
            names.add(name);
            return true;
          }
        });
    return names;
  }
}
