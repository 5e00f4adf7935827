package io.sluice.prompts.output;

import io.sluice.prompts.output.OutputContract.Kept;
import io.sluice.prompts.output.OutputContract.Repaired;
import io.sluice.prompts.output.OutputContract.Verdict;

/** Gives prose on, line starts once they are no source lines, and keeps the sources to the end. */
final class DocumentationFilter implements AnswerFilter {

  private final SourceLines lines;
  private final StringBuilder held = new StringBuilder();
  private boolean withinLine;
  private boolean sources;

  DocumentationFilter(SourceLines lines) {
    this.lines = lines;
  }

  @Override
  public String push(String piece) {
    held.append(piece);
    return certain(false);
  }

  @Override
  public Verdict finish() {
    String prose = certain(true);
    if (!sources) {
      return new Kept(prose);
    }
    String said = held.toString();
    String right = lines.written(said);
    return right.equals(said)
        ? new Kept(prose + said)
        : new Repaired(prose + right, "sources written as GitLab reads them");
  }

  private String certain(boolean last) {
    StringBuilder prose = new StringBuilder();
    while (!sources && !held.isEmpty()) {
      int lineEnd = held.indexOf("\n");
      int end = lineEnd < 0 ? held.length() : lineEnd + 1;
      if (!withinLine) {
        switch (lines.kind(held.substring(0, end), last || lineEnd >= 0)) {
          case SOURCES -> {
            sources = true;
            continue;
          }
          case UNCERTAIN -> {
            return prose.toString();
          }
          case PROSE -> {}
        }
      }
      prose.append(held, 0, end);
      held.delete(0, end);
      withinLine = lineEnd < 0;
    }
    return prose.toString();
  }
}
