package org.rewlang.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rewlang.Reward;
import org.rewlang.score.Cut;
import org.rewlang.score.Texts;

/**
 * What a run of {@code rew score} wrote down for another to go on, should it be killed.
 *
 * @param terms what it was begun with, but for the data
 * @param data what tells its files from others
 * @param positions how far each of its tables is, as they were named
 * @param whole whether all rows are written, and the tables only have to take their places
 */
record SavedRun(List<Term> terms, String data, Cut cut, List<Long> positions, boolean whole) {

  private static final String NAME = "progress";
  private static final String MAGIC = "rew score 1";

  /**
   * Something that must be the same in a run that goes on.
   *
   * @param other the complaint if it isn't: {@code another program}
   */
  record Term(String other, String is) {}

  /** Puts it into a folder, in place of the one before. */
  void save(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Texts.write(out, MAGIC);
    out.writeInt(terms.size());
    for (Term term : terms) {
      Texts.write(out, term.other);
      Texts.write(out, term.is);
    }
    Texts.write(out, data);
    out.writeBoolean(whole);
    out.writeInt(positions.size());
    for (long position : positions) {
      out.writeLong(position);
    }
    cut.write(out);
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    Path fresh = folder.resolve(NAME + ".new");
    Files.write(fresh, bytes.toByteArray());
    Files.move(
        fresh,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /** Whether a folder has one. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /**
   * The one in a folder, or null if there is none that is whole.
   *
   * @throws Other if a run with these terms can't go on with it
   */
  static @Nullable SavedRun read(Path folder, List<Term> terms, String data, Reward reward)
      throws IOException, Other {
    if (!isIn(folder)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
    int length = bytes.length - Long.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
      return null;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    if (!MAGIC.equals(Texts.read(in))) {
      return null;
    }
    Map<String, String> before = new HashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      before.put(String.valueOf(Texts.read(in)), String.valueOf(Texts.read(in)));
    }
    for (Term term : terms) {
      if (!term.is.equals(before.get(term.other))) {
        throw new Other(term.other);
      }
    }
    boolean sameData = data.equals(Texts.read(in));
    boolean whole = in.readBoolean();
    // Of a whole run nothing is read any more; one of its outputs may even have replaced the data.
    if (!sameData && !whole) {
      throw new Other("other data");
    }
    Long[] positions = new Long[in.readInt()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = in.readLong();
    }
    return new SavedRun(terms, data, Cut.read(reward, in), List.of(positions), whole);
  }

  /** It was begun with something else. */
  static final class Other extends Exception {
    private final String what;

    Other(String what) {
      super(what, null, false, false);
      this.what = what;
    }

    String what() {
      return what;
    }
  }
}
