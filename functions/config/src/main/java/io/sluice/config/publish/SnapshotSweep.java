package io.sluice.config.publish;

import io.sluice.config.snapshot.SnapshotParts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Deletes snapshots that are too old, with their parts and templates, and what publications that
 * lost a race left behind. Never what {@code live} or a snapshot that stays needs.
 *
 * @param state the table
 */
record SnapshotSweep(StateTable state) {

  /** How many snapshots stay, the newest among them. */
  static final int KEPT = 100;

  static final String WRITTEN_AT = "written_at";

  /** A template that nobody names may be one that a publication is about to name. */
  private static final Duration UNNAMED = Duration.ofHours(1);

  /**
   * Sweeps.
   *
   * @param live the item {@code live} as it was just written or read
   */
  void sweep(SnapshotItem live, Instant now) throws IOException {
    long latest = live.latest();
    Set<String> needed = new HashSet<>(live.parts());
    Set<String> templates = new HashSet<>(live.prompts());
    needed.add(StateTable.snapshotId(live.number()));
    List<Map<String, AttributeValue>> items = state.scan(StateTable.SNAPSHOTS);
    for (Map<String, AttributeValue> item : items) {
      String id = id(item);
      long number = number(id);
      if (number > latest - KEPT || number == live.number() || number < 0) {
        SnapshotItem kept = new SnapshotItem(item);
        needed.addAll(kept.parts());
        templates.addAll(kept.prompts());
        if (item.containsKey(SnapshotItem.NUMBER) || number > latest || number < 0) {
          needed.add(id);
        }
      }
    }
    for (Map<String, AttributeValue> item : items) {
      String id = id(item);
      if (!needed.contains(id)) {
        state.delete(id, SnapshotItem.ID, null);
      }
    }
    templates(templates, now);
  }

  private void templates(Set<String> named, Instant now) throws IOException {
    for (Map<String, AttributeValue> item : state.scan(StateTable.PROMPTS)) {
      String id = id(item);
      AttributeValue writtenAt = item.get(WRITTEN_AT);
      boolean unnamed = named.stream().noneMatch(t -> id.equals(SnapshotParts.templateItemName(t)));
      if (unnamed && writtenAt != null && old(writtenAt.s(), now)) {
        state.delete(id, WRITTEN_AT, writtenAt);
      }
    }
  }

  private static String id(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get(SnapshotItem.ID), "the table's key").s();
  }

  private static boolean old(String writtenAt, Instant now) {
    try {
      return Instant.parse(writtenAt).plus(UNNAMED).isBefore(now);
    } catch (DateTimeException e) {
      return false; // not ours
    }
  }

  /** The number in {@code snapshot/N} and {@code snapshot/N/...}; -1 where there is none. */
  private static long number(String id) {
    String rest = id.substring(StateTable.SNAPSHOTS.length());
    int slash = rest.indexOf('/');
    try {
      return Long.parseLong(slash < 0 ? rest : rest.substring(0, slash));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
