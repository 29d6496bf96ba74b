package org.rewlang.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: its blocks, headings and links. */
final class Page {

  /** Rewrites what is generated instead of comparing it. */
  static final boolean OVERWRITE =
      Boolean.getBoolean("rew.overwrite") && System.getenv("CI") == null;

  private static final Pattern FENCE = Pattern.compile("(\\s*)(`{3,})(.*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private final Path file;
  private final List<String> lines;
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> anchors = new ArrayList<>();
  private final Map<Integer, List<String>> links = new TreeMap<>();
  private final Map<Integer, String> replaced = new TreeMap<>();

  private Page(Path file, String text) {
    this.file = file;
    this.lines = List.of(text.split("\n", -1));
    read();
  }

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The root of the repository. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("docs/guide"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no docs/guide above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /**
   * The front page and all of {@code docs}, but for the pages of diagnostics: those have their own
   * test.
   */
  static List<Page> all() {
    Path root = root();
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      return Stream.concat(Stream.of(root.resolve("README.md")), files.sorted())
          .filter(f -> f.toString().endsWith(".md"))
          .filter(f -> !f.startsWith(root.resolve("docs/reference/errors")))
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  /** Its path in the repository. */
  String name() {
    return root().relativize(file).toString().replace('\\', '/');
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** What a link with {@code #} may name. */
  List<String> anchors() {
    return List.copyOf(anchors);
  }

  /** Targets of links, by line. */
  Map<Integer, List<String>> links() {
    return links;
  }

  private void read() {
    int i = 0;
    while (i < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        i = block(i, fence.group(1).length(), fence.group(2), fence.group(3).strip());
      } else {
        Matcher heading = HEADING.matcher(lines.get(i));
        if (heading.matches()) {
          anchors.add(anchor(heading.group(1)));
        }
        Matcher link = LINK.matcher(lines.get(i).replaceAll("`[^`]*`", "``"));
        while (link.find()) {
          links.computeIfAbsent(i + 1, k -> new ArrayList<>()).add(link.group(1));
        }
        i++;
      }
    }
  }

  private int block(int opening, int indent, String fence, String info) {
    int end = opening + 1;
    StringBuilder text = new StringBuilder();
    while (end < lines.size() && !lines.get(end).strip().equals(fence)) {
      String line = lines.get(end);
      text.append(line.substring(Math.min(indent, line.length()))).append('\n');
      end++;
    }
    if (end == lines.size()) {
      throw new IllegalStateException(name() + ":" + (opening + 1) + ": a block is never closed");
    }
    List<String> words = Arrays.asList(info.split("\\s+", -1));
    blocks.add(
        new Block(
            blocks.size(),
            opening + 2,
            words.getFirst().isEmpty() ? "text" : words.getFirst(),
            words.subList(1, words.size()),
            text.toString()));
    return end + 1;
  }

  /** As GitHub makes them. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** In the overwriting mode: what a block should hold. */
  void replace(Block block, String text) {
    replaced.put(block.index(), text);
  }

  /** Writes the page if blocks were replaced. */
  void write() {
    if (replaced.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(lines);
    for (Block block : blocks.reversed()) {
      String text = replaced.get(block.index());
      if (text != null) {
        int first = block.line() - 1;
        int count = (int) block.text().lines().count();
        all.subList(first, first + count).clear();
        all.addAll(first, text.lines().toList());
      }
    }
    save(file, String.join("\n", all));
  }

  static void save(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
