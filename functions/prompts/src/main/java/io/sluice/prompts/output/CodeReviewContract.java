package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A code review as GitLab parses it (contract 4.5): the last {@code review} element, in it {@code
 * comment} elements with a file and a line's numbers, which must be in the diff of the input {@code
 * diff_lines}. A comment elsewhere is dropped; numbers of a line are completed from the diff, since
 * GitLab finds a line only by both.
 */
final class CodeReviewContract implements OutputContract {

  private static final String NOTHING = "<review></review>";

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    ReviewBlock block = ReviewBlock.lastOf(answer);
    if (block == null) {
      return new Broken(answer, "it has no <review> element");
    }
    ReviewComments read = ReviewComments.of(block.text(), block.complete());
    if (read.comments().isEmpty()) {
      return withoutComments(answer, block);
    }
    DiffLines diff = new DiffLines(inputs.text("diff_lines", ""));
    List<ReviewComment> kept = new ArrayList<>();
    boolean same = block.complete() && read.exact();
    for (ReviewComment comment : read.comments()) {
      String file = diff.file(comment.file());
      DiffLines.Numbers line = file == null ? null : diff.line(file, comment.line());
      if (file != null && line != null && isPlace(file, line)) {
        String body = ReviewSuggestion.tidy(comment.body());
        kept.add(new ReviewComment(file, line, body));
        same &=
            file.equals(comment.file()) && line.same(comment.line()) && body.equals(comment.body());
      }
    }
    if (kept.isEmpty()) {
      return new Broken(NOTHING, "no comment names a file and a line of the diff");
    }
    if (same && kept.size() == read.comments().size()) {
      return new Kept(answer);
    }
    return new Repaired(ReviewBlock.of(kept), repair(read, kept));
  }

  private static Verdict withoutComments(String answer, ReviewBlock block) {
    if (block.text().isBlank()) {
      return block.complete() ? new Kept(answer) : new Repaired(NOTHING, "tags completed");
    }
    return new Broken(answer, "the <review> element holds text, but no <comment> element");
  }

  private static boolean isPlace(String file, DiffLines.Numbers line) {
    return !file.isEmpty() && (!line.oldLine().isEmpty() || !line.newLine().isEmpty());
  }

  private static String repair(ReviewComments read, List<ReviewComment> kept) {
    int dropped = read.comments().size() - kept.size();
    if (dropped > 0) {
      return dropped + " comments outside of the diff dropped";
    }
    return read.cut() ? "tags of a cut answer completed" : "tags and line numbers set right";
  }
}
