package io.sluice.docsindex;

import io.sluice.docs.Passage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Cuts pages into passages, and names them. Not thread-safe. */
final class Passages {

  /**
   * A model repeats ids in its answer: twelve digits are few, and enough for a million passages.
   */
  private static final int ID_DIGITS = 12;

  private final String linkBase;
  private final LinkForm form;
  private final Set<String> ids = new HashSet<>();
  private final MessageDigest all = sha256();

  /**
   * @param linkBase what the address of each page begins with, without a slash at its end
   */
  Passages(String linkBase, LinkForm form) {
    this.linkBase = linkBase;
    this.form = form;
  }

  /** The passages of a page, in order. */
  List<Passage> of(DocsPage page) {
    List<Passage> passages = new ArrayList<>();
    String url = linkBase + form.of(page.filename());
    for (Section section : Section.of(page.lines())) {
      int part = 0;
      for (String text : section.pieces(Passage.LONGEST)) {
        String id = id(page.filename(), section.headings(), part++);
        Passage passage =
            new Passage(id, page.filename(), page.title(), url, section.headings(), text);
        all.update((id + url + passage.content() + "\n").getBytes(StandardCharsets.UTF_8));
        passages.add(passage);
      }
    }
    return passages;
  }

  /** Identifies all passages so far. */
  String digest() {
    try {
      return hex(((MessageDigest) all.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be cloned", e);
    }
  }

  /** Of the place, not of the text: so links of answers stay right when a sentence changes. */
  private String id(String filename, List<String> headings, int part) {
    String place = filename + "\n" + String.join("\n", headings) + "\n" + part;
    int again = 0;
    String id = hex(sha256().digest(place.getBytes(StandardCharsets.UTF_8)));
    while (!ids.add(id)) { // two sections of a page may have one name
      String other = place + "\n" + ++again;
      id = hex(sha256().digest(other.getBytes(StandardCharsets.UTF_8)));
    }
    return id;
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
