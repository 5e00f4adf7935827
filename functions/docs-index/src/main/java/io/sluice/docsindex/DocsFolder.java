package io.sluice.docsindex;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Markdown of a checkout's folder {@code doc}. Links in the file system are not followed, and
 * nothing outside of the folder is read. Not thread-safe.
 */
final class DocsFolder {

  private final Path root;
  private final List<String> excluded;
  private final SortedSet<String> missing = new TreeSet<>();
  private final Set<String> parts = new HashSet<>();

  private DocsFolder(Path root, List<String> excluded) {
    this.root = root;
    this.excluded = excluded;
  }

  /**
   * The documentation in a folder.
   *
   * @param given a checkout of GitLab, or its folder {@code doc}
   * @param excluded folders below it that are left out
   * @throws BuildException if there is no such folder
   */
  static DocsFolder of(Path given, List<String> excluded) throws BuildException {
    Path inside = given.resolve("doc");
    Path root = Files.isDirectory(inside) ? inside : given;
    if (!Files.isDirectory(root)) {
      throw new BuildException("--docs: there is no folder " + given);
    }
    for (String folder : excluded) {
      if (!Files.isDirectory(root.resolve(folder))) {
        throw new BuildException("--exclude: there is no folder " + root.resolve(folder));
      }
    }
    return new DocsFolder(root.toAbsolutePath().normalize(), List.copyOf(excluded));
  }

  /**
   * All pages, in the order of their names; what others include is no page.
   *
   * @throws BuildException if there is none
   */
  List<DocsPage> pages() throws IOException, BuildException {
    List<String> names;
    try (Stream<Path> files = Files.walk(root)) {
      names =
          files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(this::included)
              .sorted()
              .toList();
    }
    if (names.isEmpty()) {
      throw new BuildException(
          "--docs: there is no Markdown (*.md) in %s: give a checkout of GitLab, or its folder doc"
              .formatted(root));
    }
    List<DocsPage> pages = new ArrayList<>();
    for (String name : names) {
      pages.add(DocsPage.of("/" + name, read(root.resolve(name)), this::lines));
    }
    pages.removeIf(page -> parts.contains(page.filename()));
    return pages;
  }

  /** The files that pages include, and that are not there. */
  SortedSet<String> missing() {
    return new TreeSet<>(missing);
  }

  private boolean included(String name) {
    return name.endsWith(".md")
        && !name.startsWith(".")
        && !name.contains("/.")
        && excluded.stream().noneMatch(folder -> name.startsWith(folder + "/"));
  }

  private List<String> lines(String file) {
    Path path = root.resolve(file.startsWith("/") ? file.substring(1) : file).normalize();
    if (!within(path)) {
      missing.add(file);
      return List.of();
    }
    parts.add("/" + root.relativize(path).toString().replace('\\', '/'));
    try {
      return FrontMatter.of(read(path)).body();
    } catch (IOException e) {
      missing.add(file);
      return List.of();
    }
  }

  private boolean within(Path file) {
    try {
      return Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /** A byte that is no UTF-8 becomes a replacement character; NUL is never text. */
  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\0", "");
  }

  @Override
  public String toString() {
    return root + (excluded.isEmpty() ? "" : " without " + Arrays.toString(excluded.toArray()));
  }
}
