package io.sluice.docsindex;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.SegmentInfoFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;

/**
 * Lucene's own codec, stored text packed well, that leaves out when and on which machine an index
 * was written: the same passages make the same files.
 */
final class TimelessCodec extends FilterCodec {

  TimelessCodec() {
    this(new Lucene104Codec(Lucene104Codec.Mode.BEST_COMPRESSION));
  }

  private TimelessCodec(Codec codec) {
    super(codec.getName(), codec);
  }

  @Override
  public SegmentInfoFormat segmentInfoFormat() {
    return new Timeless(delegate.segmentInfoFormat());
  }

  private static final class Timeless extends SegmentInfoFormat {
    private final SegmentInfoFormat format;

    Timeless(SegmentInfoFormat format) {
      this.format = format;
    }

    @Override
    public SegmentInfo read(Directory directory, String name, byte[] id, IOContext context)
        throws IOException {
      return format.read(directory, name, id, context);
    }

    @Override
    public void write(Directory directory, SegmentInfo segment, IOContext context)
        throws IOException {
      SegmentInfo plain =
          new SegmentInfo(
              segment.dir,
              segment.getVersion(),
              segment.getMinVersion(),
              segment.name,
              segment.maxDoc(),
              segment.getUseCompoundFile(),
              segment.getHasBlocks(),
              segment.getCodec(),
              Map.of(),
              segment.getId(),
              segment.getAttributes(),
              segment.getIndexSort());
      plain.setFiles(segment.files());
      format.write(directory, plain, context);
      segment.setFiles(plain.files());
    }
  }
}
