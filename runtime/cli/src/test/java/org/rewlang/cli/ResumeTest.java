package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that is killed and goes on writes what one writes that nobody disturbs. What a kill leaves
 * is what lies in the folder in that moment: data comes from a stream here, which copies the folder
 * while it is read.
 */
class ResumeTest {

  private static final String PROGRAM =
      """
      step lasts 50 ms
      inputs { x: real }
      param k = 2 in 0..5
      let before = prev(x, initially = 0)
      reward {
        a = k * x
        b = 1 / (x - before)
        c = 1 once x > 0.9
      }
      success when x > 0.999
      metric m = mean(x over last 2 s)
      """;

  /** Batches end after 2,048 episodes here, or in the middle of long ones. */
  private static final String DATA = data();

  @TempDir Path folder;
  private Path program;
  private Path outputs;

  private static String data() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    double x = 0;
    for (int episode = 0; episode < 24_000; episode++) {
      int length = episode % 7_000 == 5_000 ? 6_000 : 1;
      for (int step = 0; step < length; step++) {
        // Now and then the same number again, where `b` has no value.
        x = random.nextInt(1_000) == 0 ? x : random.nextDouble();
        text.append("{\"episode\":").append(episode).append(",\"x\":").append(x).append("}\n");
      }
    }
    return text.toString();
  }

  @BeforeEach
  void files() throws IOException {
    program = Files.writeString(folder.resolve("p.rew"), PROGRAM);
    outputs = Files.createDirectory(folder.resolve("outputs"));
  }

  /** Reads the data; at some places something is done first. */
  private static final class Watched extends InputStream {
    private final InputStream data;
    private final List<Integer> places;
    private final Runnable done;
    private int read;
    private int next;

    Watched(String data, List<Integer> places, Runnable done) {
      this.data = new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8));
      this.places = places.stream().sorted().toList();
      this.done = done;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (next < places.size() && read >= places.get(next)) {
        next++;
        done.run();
      }
      int n = data.read(into, from, length);
      read += Math.max(n, 0);
      return n;
    }
  }

  private Cli.Ran score(InputStream data, String kind, String... more) {
    List<String> args = new ArrayList<>(List.of("score", program.toString(), "-"));
    args.addAll(List.of("-o", outputs.resolve("rows." + kind).toString()));
    args.addAll(List.of("--episodes", outputs.resolve("episodes." + kind).toString()));
    args.addAll(List.of("--on-failure", "skip", "--format", "json"));
    args.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Main.run(args, data, out, err);
    return new Cli.Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static InputStream plain() {
    return new Watched(DATA, List.of(), () -> {});
  }

  /** All files below a folder. */
  private static Map<String, byte[]> files(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private void restore(Map<String, byte[]> files) throws IOException {
    try (Stream<Path> all = Files.walk(outputs)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.createDirectory(outputs);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = outputs.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static void same(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  /** The answer without what differs from run to run. */
  private static JsonNode answer(Cli.Ran ran) {
    assertEquals(0, ran.exit(), ran.out() + ran.err());
    ObjectNode json = (ObjectNode) ran.json();
    json.remove(List.of("seconds", "resumed_rows", "threads"));
    return json;
  }

  private List<Map<String, byte[]>> killed(String kind, int kills, Random random, String... more) {
    List<Map<String, byte[]>> left = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      places.add(random.nextInt(DATA.length() - (1 << 16)));
    }
    answer(score(new Watched(DATA, places, () -> left.add(files(outputs))), kind, more));
    assertEquals(kills, left.size());
    return left;
  }

  @ParameterizedTest
  @CsvSource({"jsonl, auto, 1", "csv, interpreter, 2", "parquet, columns, 3"})
  void writesTheSameBytes(String kind, String engine, int seed) throws IOException {
    Random random = new Random(seed);
    JsonNode answer = answer(score(plain(), kind, "--engine", engine));
    Map<String, byte[]> undisturbed = files(outputs);
    assertEquals(2, undisturbed.size());
    long most = 0;
    for (Map<String, byte[]> left : killed(kind, 7, random, "--engine", engine)) {
      restore(left);
      // The run that goes on is killed in its turn.
      List<Map<String, byte[]>> again =
          killed(kind, 1, random, "--engine", engine, "--resume", "--threads", "1");
      same(undisturbed, files(outputs));
      restore(again.getFirst());
      Cli.Ran ran = score(plain(), kind, "--engine", engine, "--resume", "--threads", "3");
      assertEquals(answer, answer(ran));
      same(undisturbed, files(outputs));
      most = Math.max(most, ran.json().get("resumed_rows").asLong());
    }
    assertTrue(most > 15_000, "rows that were not scored again: " + most);
  }

  /** A kill in the middle of the renames leaves what a rename that fails leaves. */
  @ParameterizedTest
  @CsvSource({"rows, true", "episodes, true", "episodes, false"})
  void theRenamesAreDoneAgain(String obstacle, boolean resume) throws IOException {
    JsonNode answer = answer(score(plain(), "jsonl"));
    Map<String, byte[]> undisturbed = files(outputs);
    restore(Map.of());
    Path way = outputs.resolve(obstacle + ".jsonl");
    InputStream data =
        new Watched(
            DATA,
            List.of(DATA.length()),
            () -> {
              try {
                Files.createDirectories(way.resolve("in the way"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Cli.Ran failed = score(data, "jsonl", resume ? new String[] {"--resume"} : new String[0]);
    assertEquals(2, failed.exit(), failed.out());
    assertTrue(failed.out().contains("RW0002"), failed.out());
    assertEquals(obstacle.equals("episodes"), files(outputs).containsKey("rows.jsonl"));
    Files.delete(way.resolve("in the way"));
    Files.delete(way);
    InputStream untouched = new Watched("", List.of(0), () -> assertTrue(false, "data is read"));
    assertEquals(answer, answer(score(untouched, "jsonl", "--resume")));
    same(undisturbed, files(outputs));
  }

  private void refused(String by, Cli.Ran ran, Map<String, byte[]> left) {
    assertEquals(2, ran.exit(), ran.out());
    JsonNode problem = ran.json().get("diagnostics").get(0);
    assertEquals("RW0012", problem.get("code").asText());
    assertTrue(problem.get("message").asText().contains(by), ran.out());
    same(left, files(outputs));
  }

  @Test
  void onlyTheSameRunGoesOn() throws IOException {
    Map<String, byte[]> left = killed("jsonl", 9, new Random(5)).getLast();
    restore(left);
    refused("`--param`", score(plain(), "jsonl", "--param", "k=3", "--resume"), left);
    refused("engine", score(plain(), "jsonl", "--engine", "interpreter", "--resume"), left);
    refused("`--gradient`", score(plain(), "jsonl", "--gradient", "k", "--resume"), left);
    String other = DATA.replaceFirst("\"x\":0", "\"x\":-0");
    refused("data", score(new Watched(other, List.of(), () -> {}), "jsonl", "--resume"), left);
    String shorter = DATA.substring(0, DATA.indexOf('\n') + 1);
    refused("data", score(new Watched(shorter, List.of(), () -> {}), "jsonl", "--resume"), left);
    Files.writeString(program, PROGRAM.replace("0.9", "0.8"));
    refused("another program", score(plain(), "jsonl", "--resume"), left);
    // Without the option it begins anew, and nothing of the other run is left.
    assertEquals(0, score(plain(), "jsonl").exit());
    assertEquals(java.util.Set.of("rows.jsonl", "episodes.jsonl"), files(outputs).keySet());
  }

  private List<String> score(Path data, String... more) {
    String rows = outputs.resolve("rows.jsonl").toString();
    String episodes = outputs.resolve("episodes.csv").toString();
    return with(
        List.of("score", program.toString(), data.toString(), "-o", rows, "--episodes", episodes),
        with(List.of("--on-failure", "skip"), more).toArray(String[]::new));
  }

  /** A command line in a process of its own. */
  private static List<String> process(String heap, List<String> line) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> options = List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    return with(
        with(List.of(java), options.toArray(String[]::new)),
        with(List.of("-cp", Cli.classPath(), Main.class.getName()), line.toArray(String[]::new))
            .toArray(String[]::new));
  }

  private static int here(List<String> line) {
    return Cli.run(line.toArray(String[]::new)).exit();
  }

  private static int run(List<String> line) throws IOException, InterruptedException {
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static List<String> with(List<String> line, String... more) {
    return Stream.concat(line.stream(), Stream.of(more)).toList();
  }

  /** A limit on the length of files stands for a full disk. */
  @Test
  void aFullDisk() throws IOException, InterruptedException {
    Path data = Files.writeString(folder.resolve("d.jsonl"), DATA);
    List<String> limited = List.of("sh", "-c", "ulimit -f 7000; exec \"$@\"", "sh");
    String[] plain = process("256m", score(data)).toArray(String[]::new);
    assertEquals(2, run(with(limited, plain)));
    same(Map.of(), files(outputs));
    String[] resuming = process("256m", score(data, "--resume")).toArray(String[]::new);
    assertEquals(2, run(with(limited, resuming)));
    Map<String, byte[]> left = files(outputs);
    assertTrue(left.containsKey(".rows.jsonl.resume/progress"), left.keySet().toString());
    // It lasts until there is room; but other data is refused.
    FileTime time = Files.getLastModifiedTime(data);
    Files.setLastModifiedTime(data, FileTime.fromMillis(0));
    assertEquals(2, here(score(data, "--resume")));
    same(left, files(outputs));
    Files.setLastModifiedTime(data, time);
    assertEquals(0, here(score(data, "--resume")));
    Map<String, byte[]> resumed = files(outputs);
    assertEquals(0, here(score(data)));
    same(files(outputs), resumed);
  }

  /** What is damaged is no run to go on with. */
  @Test
  void aDamagedRecordIsNone() throws IOException {
    JsonNode answer = answer(score(plain(), "jsonl"));
    Map<String, byte[]> undisturbed = files(outputs);
    Map<String, byte[]> left = killed("jsonl", 9, new Random(6)).getLast();
    String name = ".rows.jsonl.resume/progress";
    byte[] whole = left.get(name);
    for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      left.put(name, damaged);
      restore(left);
      Cli.Ran ran = score(plain(), "jsonl", "--resume");
      assertEquals(answer, answer(ran));
      assertEquals(0, ran.json().get("resumed_rows").asLong());
      same(undisturbed, files(outputs));
    }
    left.put(name, java.util.Arrays.copyOf(whole, 20));
    restore(left);
    assertEquals(0, score(plain(), "jsonl", "--resume").json().get("resumed_rows").asLong());
    same(undisturbed, files(outputs));
  }

  @Test
  void onlyFilesAreGoneOnWith() {
    Cli.Ran ran = Cli.run("score", program.toString(), "-", "-o", "-", "--resume");
    assertEquals(2, ran.exit());
    assertTrue(ran.err().contains("RW0003"), ran.err());
    assertEquals(2, Cli.run("score", program.toString(), "-", "--resume").exit());
  }

  @Test
  void oneRunAtATime() {
    List<Cli.Ran> other = new ArrayList<>();
    InputStream data =
        new Watched(DATA, List.of(1 << 20), () -> other.add(score(plain(), "jsonl", "--resume")));
    answer(score(data, "jsonl"));
    assertEquals(2, other.getFirst().exit());
    assertTrue(other.getFirst().out().contains("another run"), other.getFirst().out());
    assertEquals(2, files(outputs).size());
  }

  /** An episode of 1,600 rows of 5,000 numbers, 64 MB as doubles, in a heap of as many. */
  @Test
  void wideRowsTakeBoundedMemory() throws IOException, InterruptedException {
    Files.writeString(program, "inputs { p: real[5000] }\nreward { a = sum(p) }\n");
    Path data = folder.resolve("wide.jsonl");
    String row = "{\"p\":[" + "1,".repeat(4_999) + "1]}\n";
    try (var out = Files.newBufferedWriter(data)) {
      for (int i = 0; i < 1_600; i++) {
        out.write(row);
      }
    }
    assertEquals(0, run(process("64m", score(data, "--threads", "2"))));
    List<String> lines = Files.readAllLines(outputs.resolve("rows.jsonl"));
    assertEquals(1_600, lines.size());
    assertEquals("{\"step\":1599,\"total\":5000.0,\"a\":5000.0}", lines.getLast());
  }

  /** Processes that are killed at any moment, until one comes through. */
  @Test
  void processesThatAreKilled() throws IOException, InterruptedException {
    Path data = Files.writeString(folder.resolve("d.jsonl"), DATA);
    assertEquals(0, here(score(data)));
    Map<String, byte[]> undisturbed = files(outputs);
    restore(Map.of());
    Random random = new Random(8);
    List<String> line = process("256m", score(data));
    for (int kill = 0; kill < 3; kill++) {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // One that is faster than that leaves nothing to go on with, which is as good.
      boolean unused = process.waitFor(500 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      line = process("256m", score(data, "--resume"));
    }
    assertEquals(0, run(line));
    same(undisturbed, files(outputs));
  }
}
