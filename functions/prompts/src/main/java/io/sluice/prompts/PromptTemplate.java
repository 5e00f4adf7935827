package io.sluice.prompts;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.sluice.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/**
 * A logic-light template, compiled once. Values are put in as they are and never read as template;
 * neither reflection nor files nor code can be reached from one. Thread-safe.
 */
final class PromptTemplate {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(false)
          .emptyStringIsFalse(true)
          .defaultValue("")
          .withFormatter(JsonValues::text)
          .withCollector(new JsonValues())
          .withLoader(
              name -> {
                throw new MustacheException("a prompt includes no other file: " + name);
              });

  private final Template template;

  /**
   * Compiles a template.
   *
   * @throws MustacheException if it is malformed
   */
  PromptTemplate(String text) {
    this.template = COMPILER.compile(text);
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
            return false;
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
