package org.rewlang.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** Reads the text of programs: strictly, and never more than a program may be long. */
public final class SourceFiles {

  /** No text within the limit has more bytes: a UTF-16 unit takes at most three in UTF-8. */
  private static final int MAX_BYTES = 3 * Parser.MAX_SIZE;

  private SourceFiles() {}

  /** A text, or why there is none. */
  public sealed interface Read {}

  public record Text(Source source) implements Read {}

  public record Failed(Diagnostic diagnostic) implements Read {}

  /** Reads a file, which people know by {@code name}. */
  public static Read read(Path path, String name) {
    try {
      if (Files.isDirectory(path)) {
        return failed(Code.UNREADABLE_FILE, "`" + name + "` is a folder, not a program", name);
      }
      // By size first: what is too large is not even read.
      if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
        return tooLarge(name, Files.size(path) + " bytes");
      }
      try (var in = Files.newInputStream(path)) {
        return decode(in.readNBytes(MAX_BYTES + 1), name);
      }
    } catch (NoSuchFileException e) {
      return failed(Code.UNREADABLE_FILE, "`" + name + "` does not exist", name);
    } catch (AccessDeniedException e) {
      return failed(Code.UNREADABLE_FILE, "`" + name + "` may not be read by you", name);
    } catch (IOException e) {
      return failed(Code.UNREADABLE_FILE, "`" + name + "` can't be read: " + e.getMessage(), name);
    }
  }

  /** Reads a stream, of which people know by {@code name}. */
  public static Read read(InputStream in, String name) throws IOException {
    return decode(in.readNBytes(MAX_BYTES + 1), name);
  }

  /** The text that {@code bytes} are; a byte order mark is left out. */
  public static Read decode(byte[] bytes, String name) {
    if (bytes.length > MAX_BYTES) {
      return tooLarge(name, "more than " + MAX_BYTES + " bytes");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      Source before = Source.of(name, out.toString());
      var at = before.position(before.text().length());
      int bad = bytes[in.position()] & 0xff;
      return failed(
          Code.NOT_UTF8,
          "`" + name + "` isn't UTF-8 at line " + at.line() + ", column " + at.column(),
          String.format("byte 0x%02x", bad));
    }
    String text = out.toString();
    return new Text(Source.of(name, text.startsWith("\ufeff") ? text.substring(1) : text));
  }

  private static Read tooLarge(String name, String found) {
    return failed(Code.TOO_LARGE, "`" + name + "` is too large for a program", found);
  }

  private static Read failed(Code code, String message, String found) {
    return new Failed(Diagnostic.of(code, message).found(found).build());
  }
}
