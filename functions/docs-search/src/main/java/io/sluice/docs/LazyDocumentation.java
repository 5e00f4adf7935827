package io.sluice.docs;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Documentation whose index is opened when it is searched for the first time, so that other
 * requests don't pay for it. An index that can't be opened or read is tried anew with the next
 * search. Thread-safe.
 */
public final class LazyDocumentation implements Documentation, AutoCloseable {

  private final ReentrantLock opening = new ReentrantLock();
  private final Opener opener;
  private volatile @Nullable DocsIndex index;

  /** Opens the index. */
  @FunctionalInterface
  public interface Opener {

    /** The index, newly opened. */
    DocsIndex open() throws IOException;
  }

  public LazyDocumentation(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Findings search(String query, int count) throws IOException {
    DocsIndex open = index();
    try {
      return open.search(query, count);
    } catch (IOException e) {
      forget(open);
      throw e;
    }
  }

  private DocsIndex index() throws IOException {
    DocsIndex open = index;
    if (open != null) {
      return open;
    }
    opening.lock();
    try {
      open = index;
      if (open == null) {
        open = opener.open();
        index = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  private void forget(DocsIndex broken) {
    opening.lock();
    try {
      if (index == broken) {
        index = null;
      }
    } finally {
      opening.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    DocsIndex open = index;
    if (open != null) {
      open.close();
    }
  }
}
