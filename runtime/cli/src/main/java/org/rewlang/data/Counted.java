package org.rewlang.data;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that knows how long what it writes has become. */
final class Counted extends FilterOutputStream {

  private long length;

  /**
   * @param from how long it is already
   */
  Counted(OutputStream to, long from) {
    super(new BufferedOutputStream(to, 1 << 16));
    length = from;
  }

  long length() {
    return length;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    length++;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    length += count;
  }
}
