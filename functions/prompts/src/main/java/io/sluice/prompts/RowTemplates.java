package io.sluice.prompts;

import io.sluice.prompts.TemplateMark.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the messages of an administrator's row beside those of the prompt whose place it takes,
 * mark by mark and before any template engine sees them. For one thread.
 */
final class RowTemplates {

  private static final Set<String> OF_ITEMS = Set.of(".", "-first", "-last", "-index");
  private static final Pattern TAG_BEFORE = Pattern.compile("<(/?)([a-z][a-z_]*)_$");
  private static final int LONGEST_TAG = 40;
  private static final int DEEPEST = 6;
  private static final int MOST_WALKS = 4;

  /** Words that are repeated for each item of a list beyond ours: lists may have many items. */
  private static final int MOST_REPEATED = 500;

  private final Prompt ground;
  private final PromptPath path;
  private final Set<String> examples;
  private final Set<String> outside = new HashSet<>();
  private final Set<String> first = new HashSet<>();
  private final Map<String, Integer> walks = new HashMap<>();
  private final Map<String, Integer> repeated = new HashMap<>();
  private final Set<String> given = new HashSet<>();
  private final Map<String, Integer> times = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param ground our prompt
   * @param path its file
   * @param examples the names of the examples that the row can include
   */
  RowTemplates(Prompt ground, PromptPath path, Set<String> examples) {
    this.ground = ground;
    this.path = path;
    this.examples = examples;
  }

  /** What is wrong with these messages, each in words that name the line. */
  List<String> problems(List<PromptFile.Written> messages) {
    learn(PromptRegistry.file(path).messages());
    for (int i = 0; i < messages.size(); i++) {
      PromptFile.Written message = messages.get(i);
      try {
        List<TemplateMark> marks = TemplateMark.of(message.template(), message.line());
        sections(marks);
        names(marks, i == 0 && messages.size() > 1);
        tags(message.template(), marks, null);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (problems.isEmpty()) {
      for (String required : new TreeSet<>(ground.required())) {
        if (!given.contains(required)) {
          problems.add(
              "the input {{%s}} is not used: the answer depends on it".formatted(required));
        }
      }
    }
    return problems;
  }

  /**
   * What our own prompt gives outside of tags and in its first message, and how much it repeats.
   */
  private void learn(List<PromptFile.Written> messages) {
    for (int i = 0; i < messages.size(); i++) {
      PromptFile.Written message = messages.get(i);
      List<TemplateMark> marks = TemplateMark.of(message.template(), message.line());
      tags(message.template(), marks, outside);
      lengths(marks);
      if (i == 0) {
        marks.forEach(mark -> first.add(mark.name()));
      }
    }
  }

  private void lengths(List<TemplateMark> marks) {
    Map<String, Integer> begun = new HashMap<>();
    for (TemplateMark mark : marks) {
      if (mark.kind() == Kind.SECTION) {
        begun.put(mark.name(), mark.end());
      } else if (mark.kind() == Kind.END) {
        int length = mark.start() - begun.getOrDefault(mark.name(), mark.start());
        repeated.merge(mark.name(), length, Math::max);
      }
    }
  }

  private void sections(List<TemplateMark> marks) {
    Deque<TemplateMark> open = new ArrayDeque<>();
    for (TemplateMark mark : marks) {
      switch (mark.kind()) {
        case SECTION, INVERTED -> {
          open.push(mark);
          if (isList(mark.name()) && walks.merge(mark.name(), 1, Integer::sum) > MOST_WALKS) {
            throw at(
                mark, "{{#%s}} is walked more than %d times".formatted(mark.name(), MOST_WALKS));
          }
          if (open.size() > DEEPEST) {
            throw at(mark, "sections nest at most " + DEEPEST + " deep");
          }
        }
        case END -> {
          TemplateMark begin = open.poll();
          if (begin == null || !begin.name().equals(mark.name())) {
            throw at(mark, "{{/%s}} ends no section that is open".formatted(mark.name()));
          }
          int most = MOST_REPEATED + repeated.getOrDefault(begin.name(), 0);
          if (begin.kind() == Kind.SECTION
              && isList(begin.name())
              && mark.start() - begin.end() > most) {
            throw at(
                begin,
                "what is repeated for each item of {{#%s}} has at most %d characters"
                    .formatted(begin.name(), most));
          }
        }
        case VALUE, INCLUDE, COMMENT -> {}
      }
    }
    if (!open.isEmpty()) {
      TemplateMark begin = open.pop();
      throw at(begin, "{{#%s}} has no {{/%s}}".formatted(begin.name(), begin.name()));
    }
  }

  private void names(List<TemplateMark> marks, boolean prefix) {
    Deque<String> lists = new ArrayDeque<>();
    for (TemplateMark mark : marks) {
      String name = mark.name();
      switch (mark.kind()) {
        case SECTION, INVERTED -> {
          known(mark, lists.peek(), prefix);
          if (mark.kind() == Kind.SECTION && isList(name)) {
            lists.push(name);
          }
        }
        case END -> {
          if (name.equals(lists.peek())) {
            lists.pop();
          }
        }
        case VALUE -> {
          known(mark, lists.peek(), prefix);
          count(mark, lists.peek());
        }
        case INCLUDE -> {
          if (!examples.contains(name)) {
            problems.add(
                "line %d: {{>%s}}: a prompt includes nothing but its examples: %s"
                    .formatted(mark.line(), name, String.join(", ", new TreeSet<>(examples))));
          }
        }
        case COMMENT -> {}
      }
    }
  }

  /** Twice is for sections that exclude each other. */
  private void count(TemplateMark mark, @Nullable String list) {
    if (mark.name().equals(PromptTemplate.TAG)) {
      return;
    }
    given.add(list == null ? mark.name() : list);
    String name = list == null ? mark.name() : list + "." + mark.name();
    if (times.merge(name, 1, Integer::sum) > 2) {
      problems.add("line %d: {{%s}} was given before".formatted(mark.line(), mark.name()));
    }
  }

  private void known(TemplateMark mark, @Nullable String list, boolean prefix) {
    String name = mark.name();
    if (name.equals(PromptTemplate.TAG)) {
      if (prefix) {
        problems.add(
            "line %d: {{tag}} is random: the first message is the same in every request"
                .formatted(mark.line()));
      }
      return;
    }
    PromptInput input = list == null ? null : ground.inputs().get(list);
    if (list != null
        && (OF_ITEMS.contains(name) || (input != null && input.fields().contains(name)))) {
      return;
    }
    if (list != null || !ground.inputs().containsKey(name)) {
      problems.add(
          "line %d: there is no input {{%s}} %s"
              .formatted(
                  mark.line(),
                  name,
                  list == null
                      ? "here; inputs: " + String.join(", ", ground.inputs().keySet())
                      : "in {{#" + list + "}}; " + fields(input)));
    } else if (prefix && !first.contains(name)) {
      problems.add(
          "line %d: {{%s}} is data: it belongs below --- user, in a tag"
              .formatted(mark.line(), name));
    }
  }

  private static String fields(@Nullable PromptInput input) {
    return input == null || input.fields().isEmpty()
        ? "its items are texts: {{.}}"
        : "its fields: " + String.join(", ", input.fields());
  }

  /**
   * Follows the tags that enclose data.
   *
   * @param learnt takes the names of what stands outside; {@code null} to judge it
   */
  private void tags(String template, List<TemplateMark> marks, @Nullable Set<String> learnt) {
    Deque<String> open = new ArrayDeque<>();
    for (TemplateMark mark : marks) {
      if (mark.kind() != Kind.VALUE) {
        continue;
      }
      if (mark.name().equals(PromptTemplate.TAG)) {
        Matcher before =
            TAG_BEFORE.matcher(
                template.substring(Math.max(0, mark.start() - LONGEST_TAG), mark.start()));
        boolean found = before.find();
        boolean closes = found && before.group(1).equals("/");
        if (found && !closes) {
          open.push(before.group(2));
        } else if (learnt == null && (!found || !before.group(2).equals(open.peek()))) {
          throw at(
              mark,
              found
                  ? "</%s_{{tag}}> closes no tag that is open".formatted(before.group(2))
                  : "{{tag}} ends the name of a tag: <diff_{{tag}}> ... </diff_{{tag}}>");
        } else if (closes) {
          open.poll();
        }
      } else if (open.isEmpty()) {
        outside(mark, learnt);
      }
    }
    if (learnt == null && !open.isEmpty()) {
      throw new IllegalArgumentException(
          "the tag <%s_{{tag}}> is not closed".formatted(open.peek()));
    }
  }

  private void outside(TemplateMark mark, @Nullable Set<String> learnt) {
    if (learnt != null) {
      learnt.add(mark.name());
    } else if (!outside.contains(mark.name())) {
      problems.add(
          "line %d: {{%s}} is data: enclose it in a tag such as <%s_{{tag}}> ... </%s_{{tag}}>"
              .formatted(
                  mark.line(),
                  mark.name(),
                  mark.name().equals(".") ? "item" : mark.name(),
                  mark.name().equals(".") ? "item" : mark.name()));
    }
  }

  private boolean isList(String name) {
    PromptInput input = ground.inputs().get(name);
    return input != null && input.type() == PromptInput.Type.LIST;
  }

  private static IllegalArgumentException at(TemplateMark mark, String problem) {
    return new IllegalArgumentException("line " + mark.line() + ": " + problem);
  }
}
