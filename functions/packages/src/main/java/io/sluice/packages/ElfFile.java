package io.sluice.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a native file wants from the system it is loaded on, read from its dynamic section (System V
 * ABI, "Dynamic Linking"; versions: LSB, "Symbol Versioning"). Immutable.
 *
 * @param needed the libraries that must be there, such as {@code libc.so.6}
 * @param versions the versions of their symbols, such as {@code GLIBC_2.17}
 */
record ElfFile(List<String> needed, Set<String> versions) {

  private static final int MAGIC = 0x464c457f; // 0x7f ELF, the lowest byte first
  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;
  private static final int PROGRAM_HEADERS = 32;
  private static final int PROGRAM_HEADER_SIZE = 54;
  private static final int TAG_NEEDED = 1;
  private static final int TAG_STRINGS = 5;
  private static final int TAG_VERSIONS = 0x6ffffffe;
  private static final int TAG_VERSION_COUNT = 0x6fffffff;

  ElfFile {
    needed = List.copyOf(needed);
    versions = Set.copyOf(versions);
  }

  /** Whether these bytes begin as an ELF file does. */
  static boolean is(byte[] bytes) {
    return bytes.length > 64 && little(bytes).getInt(0) == MAGIC;
  }

  /**
   * Reads a file.
   *
   * @throws PackageException if it is not one of 64 bits, the lowest byte first
   */
  static ElfFile read(byte[] bytes) {
    if (!is(bytes) || bytes[4] != 2 || bytes[5] != 1) {
      throw new PackageException("not an ELF file of 64 bits, as x86_64 and aarch64 have");
    }
    return new Reader(little(bytes)).read();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Reader(ByteBuffer file) {

    ElfFile read() {
      List<Long> needed = new ArrayList<>();
      long strings = 0;
      long versions = 0;
      long versionCount = 0;
      int at = dynamic();
      long tag = at == 0 ? 0 : file.getLong(at); // a static program has no dynamic section
      while (tag != 0) {
        long value = file.getLong(at + 8);
        if (tag == TAG_NEEDED) {
          needed.add(value);
        } else if (tag == TAG_STRINGS) {
          strings = value;
        } else if (tag == TAG_VERSIONS) {
          versions = value;
        } else if (tag == TAG_VERSION_COUNT) {
          versionCount = value;
        }
        at += 16;
        tag = file.getLong(at);
      }
      List<String> libraries = new ArrayList<>();
      for (long name : needed) {
        libraries.add(text(offset(strings) + Math.toIntExact(name)));
      }
      return new ElfFile(libraries, versions(versions, versionCount, strings));
    }

    private Set<String> versions(long address, long count, long strings) {
      Set<String> names = new TreeSet<>();
      int library = count == 0 ? 0 : offset(address);
      for (long i = 0; i < count; i++) {
        int entry = library + file.getInt(library + 8);
        for (int j = 0; j < file.getShort(library + 2); j++) {
          names.add(text(offset(strings) + file.getInt(entry + 8)));
          entry += file.getInt(entry + 12);
        }
        library += file.getInt(library + 12);
      }
      return names;
    }

    /** Where the dynamic section lies; 0 for none. */
    private int dynamic() {
      for (int header : headers()) {
        if (file.getInt(header) == DYNAMIC) {
          return Math.toIntExact(file.getLong(header + 8));
        }
      }
      return 0;
    }

    /** Where in the file lies what is loaded to that address. */
    private int offset(long address) {
      for (int header : headers()) {
        long start = file.getLong(header + 16);
        long size = file.getLong(header + 32);
        if (file.getInt(header) == LOADED && address >= start && address < start + size) {
          return Math.toIntExact(file.getLong(header + 8) + address - start);
        }
      }
      throw new PackageException("an ELF file's dynamic section points outside of it");
    }

    private List<Integer> headers() {
      List<Integer> headers = new ArrayList<>();
      int first = Math.toIntExact(file.getLong(PROGRAM_HEADERS));
      for (int i = 0; i < file.getShort(PROGRAM_HEADER_SIZE + 2); i++) {
        headers.add(first + i * file.getShort(PROGRAM_HEADER_SIZE));
      }
      return headers;
    }

    private String text(int at) {
      int end = at;
      while (file.get(end) != 0) {
        end++;
      }
      byte[] name = new byte[end - at];
      file.get(at, name);
      return new String(name, StandardCharsets.US_ASCII);
    }
  }
}
