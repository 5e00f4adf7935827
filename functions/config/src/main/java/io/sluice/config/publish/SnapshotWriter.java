package io.sluice.config.publish;

import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotParts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes what a snapshot's item refers to, which must be there before the item.
 *
 * @param state the table
 */
record SnapshotWriter(StateTable state) {

  /**
   * The item of a snapshot, whose parts and templates are written.
   *
   * @param before a snapshot that is kept: its templates are there
   */
  SnapshotItem written(Snapshot snapshot, Snapshot before, Instant now, String cause)
      throws IOException {
    Map<String, String> templates = SnapshotCodec.templates(snapshot);
    Map<String, String> there = SnapshotCodec.templates(before);
    for (Map.Entry<String, String> template : templates.entrySet()) {
      if (!there.containsKey(template.getKey())) {
        state.put(
            SnapshotParts.templateItemName(template.getKey()),
            Map.of(
                "template",
                AttributeValue.fromS(template.getValue()),
                SnapshotSweep.WRITTEN_AT,
                AttributeValue.fromS(now.toString())));
      }
    }
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(SnapshotItem.NUMBER, number(snapshot.number()));
    item.put(SnapshotItem.FORMAT, number(Snapshot.FORMAT));
    item.put(SnapshotItem.SHA256, AttributeValue.fromS(snapshot.sha256()));
    item.put(SnapshotItem.ROWS, number(snapshot.documents().size()));
    item.put(SnapshotItem.PUBLISHED_AT, AttributeValue.fromS(now.toString()));
    item.put(SnapshotItem.CAUSE, AttributeValue.fromS(cause));
    item.put(SnapshotItem.PROMPTS, texts(templates.keySet().stream().sorted().toList()));
    byte[] encoded = SnapshotCodec.encode(snapshot);
    List<byte[]> parts = SnapshotParts.split(encoded);
    if (parts.size() == 1) {
      item.put(SnapshotItem.CONTENT, AttributeValue.fromB(SdkBytes.fromByteArray(encoded)));
    } else {
      item.put(SnapshotItem.PARTS, texts(written(snapshot.number(), encoded, parts)));
    }
    return new SnapshotItem(item);
  }

  private List<String> written(long number, byte[] encoded, List<byte[]> parts) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String id = SnapshotParts.itemName(number, encoded, i);
      state.put(
          id,
          Map.of(SnapshotItem.CONTENT, AttributeValue.fromB(SdkBytes.fromByteArray(parts.get(i)))));
      ids.add(id);
    }
    return ids;
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static AttributeValue texts(List<String> texts) {
    return AttributeValue.fromL(texts.stream().map(AttributeValue::fromS).toList());
  }
}
