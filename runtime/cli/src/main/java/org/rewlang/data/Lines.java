package org.rewlang.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream as bytes, without their ends; a byte order mark is left out. */
final class Lines {

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int filled;
  private int start;
  private int end;
  private int after;
  private boolean atEnd;
  private long number;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false if there is none. */
  boolean next() throws IOException {
    int from = after;
    int seen = from;
    while (true) {
      int newline = find(seen);
      if (newline >= 0) {
        line(from, newline, newline + 1);
        return true;
      }
      seen = filled;
      if (atEnd) {
        if (from == filled) {
          return false;
        }
        line(from, filled, filled);
        return true;
      }
      int moved = from;
      make(from);
      from = 0;
      seen -= moved;
      int read = in.read(buffer, filled, buffer.length - filled);
      atEnd = read < 0;
      filled += Math.max(read, 0);
    }
  }

  private int find(int from) {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void line(int from, int to, int next) {
    start = from;
    end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    after = next;
    number++;
    if (number == 1
        && end - start >= 3
        && buffer[start] == (byte) 0xef
        && buffer[start + 1] == (byte) 0xbb
        && buffer[start + 2] == (byte) 0xbf) {
      start += 3;
    }
  }

  /** Moves what is kept to the front, and makes room for more. */
  private void make(int from) throws IOException {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= from;
    after -= from;
    if (filled == buffer.length) {
      if (buffer.length >= 1 << 30) {
        throw new IOException("a line is longer than 1 GiB");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The number of this line, from 1. */
  long number() {
    return number;
  }

  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Only read from: nothing is lost.
      return;
    }
  }
}
