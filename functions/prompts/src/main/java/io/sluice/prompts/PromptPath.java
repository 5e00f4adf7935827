package io.sluice.prompts;

/**
 * Where a prompt's file is: {@code id/folder/version.prompt}.
 *
 * @param id the prompt's id, which may have slashes
 * @param folder a family's name or {@code base}
 * @param version the version's exact name
 */
record PromptPath(String id, String folder, String version) {

  private static final String EXTENSION = ".prompt";

  /**
   * Reads a path as the index has it.
   *
   * @throws MalformedPromptException if it is none
   */
  static PromptPath parse(String text) {
    int name = text.lastIndexOf('/');
    int folder = text.lastIndexOf('/', name - 1);
    if (folder < 1 || !text.endsWith(EXTENSION)) {
      throw new MalformedPromptException(text, "the path is not id/folder/version" + EXTENSION);
    }
    return new PromptPath(
        text.substring(0, folder),
        text.substring(folder + 1, name),
        text.substring(name + 1, text.length() - EXTENSION.length()));
  }

  /** The same prompt's other file, named {@code folder/version}. */
  PromptPath sibling(String folderAndVersion) {
    return parse(id + "/" + folderAndVersion + EXTENSION);
  }

  @Override
  public String toString() {
    return id + "/" + folder + "/" + version + EXTENSION;
  }
}
