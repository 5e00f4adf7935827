package io.sluice.stack.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The translated templates of a folder. A nested stack's template is found by the file name in its
 * {@code TemplateURL}, whichever bucket that names. Immutable.
 *
 * @param mutation applied to each template as it is read: tests plant faults with it
 */
public record TemplateLibrary(Path folder, UnaryOperator<Template> mutation) {

  public static TemplateLibrary of(Path folder) {
    return new TemplateLibrary(folder, template -> template);
  }

  /**
   * The template of that file.
   *
   * @throws UnresolvedException if there is none
   */
  Template named(String file, String place) {
    Path path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new UnresolvedException(place, path + " is not there: translate the templates first");
    }
    try {
      return mutation.apply(Template.read(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Template nested(String url, String place) {
    String file = url.substring(url.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return named((dot < 0 ? file : file.substring(0, dot)) + ".json", place);
  }
}
