package io.sluice.prompts;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A prompt needs inputs that the request doesn't give. The message is the answer's detail, in the
 * form of contract 4.2 row 9: it starts and ends with a double quote.
 */
public final class MissingInputException extends Exception {
  private static final long serialVersionUID = 1L;

  MissingInputException(Collection<String> names) {
    super(
        names.stream()
            .sorted()
            .map(name -> "'" + name + "'")
            .collect(
                Collectors.joining(
                    ", ", "\"Input to ChatPromptTemplate is missing variables {", "}\"")));
  }
}
