package io.sluice.docsindex;

/** How the address of a page is made of its file. */
enum LinkForm {
  /** {@code user/project/}: as docs.gitlab.com serves pages. */
  PAGE {
    @Override
    String of(String filename) {
      String page = filename.substring(0, filename.length() - ".md".length());
      int slash = page.lastIndexOf('/') + 1;
      String name = page.substring(slash);
      return name.equals("_index") || name.equals("index") ? page.substring(0, slash) : page + "/";
    }
  },
  /** {@code user/project/_index.md}: as a GitLab serves its own under {@code /help}. */
  FILE {
    @Override
    String of(String filename) {
      return filename;
    }
  };

  /** The path of that file's page, with a slash at its start as the file has it. */
  abstract String of(String filename);
}
