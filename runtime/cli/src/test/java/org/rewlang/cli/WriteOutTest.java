package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes written out answer as those that the compiler made. */
class WriteOutTest {

  // What is written out.

  sealed interface Shape {
    /** A switch in an interface. */
    static String kind(Shape shape) {
      return switch (shape) {
        case Circle _ -> "round";
        case Box _, Line _ -> "straight";
      };
    }
  }

  record Circle(double radius) implements Shape {}

  record Box(double width, Object inside) implements Shape {}

  record Line() implements Shape {}

  record All(
      int i,
      long l,
      double d,
      float f,
      boolean b,
      char c,
      byte y,
      short s,
      String text,
      int[] array,
      List<String> list) {

    static final String SHARED = "no component";
  }

  /** Says what equal values have in common, in its own way. */
  record Own(int i) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Own other && other.i % 2 == i % 2;
    }

    @Override
    public int hashCode() {
      return i % 2;
    }
  }

  /** A switch over anything: guards that fail, null, patterns in patterns, labels of all sorts. */
  static final class Told implements Function<Object, String> {
    @Override
    public String apply(Object o) {
      return of(o) + (o instanceof Shape shape ? Shape.kind(shape) : "") + constants(o);
    }

    private static String of(Object o) {
      return switch (o) {
        case null -> "null";
        case Circle c when c.radius > 1 -> "large";
        case Circle c when c.radius == 0 -> "point";
        case Circle _ -> "small";
        case Box(double w, Circle(double r)) when w > r -> "fits";
        case Box(double w, String s) -> s + w;
        case Box _ -> "box";
        case CharSequence s when s.isEmpty() -> "empty";
        case String s -> "text " + s;
        case int[] numbers -> "numbers " + numbers.length;
        case Shape _ -> "shape";
        default -> "other";
      };
    }

    private static String constants(Object o) {
      return o instanceof String s
          ? switch (s) {
            case "a" -> "first";
            case String t when t.length() > 3 -> "long";
            default -> "";
          }
          : "";
    }
  }

  private static final List<Object> VALUES =
      new ArrayList<>(
          java.util.Arrays.asList(
              null,
              new Circle(2),
              new Circle(0),
              new Circle(-0.0),
              new Circle(0.5),
              new Circle(Double.NaN),
              new Box(2, new Circle(1)),
              new Box(1, new Circle(2)),
              new Box(1, "in"),
              new Box(1, null),
              new Line(),
              "",
              new StringBuilder(),
              "a",
              "abcd",
              new int[3],
              7,
              new Own(1),
              new Own(3),
              new Own(4),
              all(1, 1.0, 1f, "x", List.of()),
              all(1, 1.0, 1f, "x", List.of()),
              all(2, 1.0, 1f, "x", List.of()),
              all(1, -0.0, 1f, "x", List.of()),
              all(1, 0.0, 1f, "x", List.of()),
              all(1, Double.NaN, 1f, "x", List.of()),
              all(1, 1.0, -0f, "x", List.of()),
              all(1, 1.0, 1f, null, List.of("y")),
              all(1, 1.0, 1f, "x", null)));

  private static final int[] ARRAY = {1};

  private static All all(int i, double d, float f, String text, List<String> list) {
    return new All(
        i, 10L + i, d, f, i > 1, (char) (65 + i), (byte) i, (short) -i, text, ARRAY, list);
  }

  // Both kinds side by side.

  /** Defines the classes of ours anew, written out, from where the others come from. */
  private static final class Rewriting extends ClassLoader {
    final String prefix;

    Rewriting(String prefix) {
      super(WriteOutTest.class.getClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(prefix)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        byte[] bytes = WriteOut.classFile(bytes(name));
        return defineClass(name, bytes, 0, bytes.length);
      }
    }
  }

  private static byte[] bytes(String name) {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = WriteOutTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private final ClassLoader rewriting = new Rewriting(WriteOutTest.class.getName());

  /** The same value of the rewritten class. */
  private Object rewritten(Object value) throws ReflectiveOperationException {
    if (!(value instanceof Record)) {
      return value;
    }
    Class<?> type = rewriting.loadClass(value.getClass().getName());
    assertFalse(type == value.getClass());
    List<Object> arguments = new ArrayList<>();
    for (var component : value.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      arguments.add(rewritten(component.getAccessor().invoke(value)));
    }
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(arguments.toArray());
  }

  @Test
  void switchesChooseAlike() throws ReflectiveOperationException {
    Constructor<?> constructor = rewriting.loadClass(Told.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked")
    var told = (Function<Object, String>) constructor.newInstance();
    for (Object value : VALUES) {
      assertEquals(new Told().apply(value), told.apply(rewritten(value)));
    }
  }

  @Test
  void recordsAreEqualAlike() throws ReflectiveOperationException {
    for (Object a : VALUES) {
      Object writtenA = rewritten(a);
      if (a instanceof Record) {
        assertEquals(a.hashCode(), writtenA.hashCode(), a.toString());
        assertEquals(a.toString(), writtenA.toString());
        assertFalse(writtenA.equals(null));
        assertFalse(writtenA.equals(a), "of another class");
        for (Object b : VALUES) {
          assertEquals(a.equals(b), writtenA.equals(rewritten(b)), a + " and " + b);
        }
      }
    }
  }

  private static int made(byte[] bytes, String owner) {
    ClassModel model = ClassFile.of().parse(bytes);
    int count = 0;
    for (var method : model.methods()) {
      boolean text = method.methodName().equalsString("toString");
      for (var element : method.code().map(c -> c.elementList()).orElse(List.of())) {
        if (!text
            && element instanceof InvokeDynamicInstruction call
            && call.bootstrapMethod().owner().displayName().equals(owner)) {
          count++;
        }
      }
    }
    return count;
  }

  @Test
  void nothingIsLeftToBeMade() {
    // Two of Told's switches have labels that are no classes of objects, a text and a double: they
    // stay.
    byte[] told = bytes(Told.class.getName());
    assertEquals(3, made(told, "SwitchBootstraps"));
    assertEquals(2, made(WriteOut.classFile(told), "SwitchBootstraps"));
    byte[] all = bytes(All.class.getName());
    assertEquals(2, made(all, "ObjectMethods"));
    assertEquals(0, made(WriteOut.classFile(all), "ObjectMethods"));
  }

  /** The whole of Rew, written out, as the distribution has it. */
  @Test
  void commandsAnswerAlike(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("p.rew"), Training.PROGRAM);
    Path wrong =
        Files.writeString(
            folder.resolve("w.rew"), Training.PROGRAM.replace("cube.z / 20 cm", "cubes.z / 20 s"));
    ClassLoader loader = new Rewriting("org.rewlang.");
    var main =
        loader
            .loadClass(Main.class.getName())
            .getMethod(
                "run", List.class, InputStream.class, OutputStream.class, OutputStream.class);
    for (List<String> line :
        List.of(
            List.of("check", program.toString(), "--format", "json"),
            List.of("check", wrong.toString(), "--format", "json"),
            List.of("check", wrong.toString()),
            List.of("info", program.toString(), "--format", "json"),
            List.of("test", program.toString()),
            List.of("fmt", program.toString(), "--check"),
            List.of("explain", "RW0201"),
            List.of("score", "--bogus"))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Object exit = main.invoke(null, line, new ByteArrayInputStream(new byte[0]), out, err);
      Cli.Ran ran = Cli.run(line.toArray(String[]::new));
      assertEquals(ran.exit(), exit, line.toString());
      assertEquals(ran.out(), out.toString(StandardCharsets.UTF_8));
      assertEquals(ran.err(), err.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aJarKeepsWhatIsNoClass(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("a.jar");
    String name = All.class.getName().replace('.', '/') + ".class";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : List.of("META-INF/", name, "text.rew")) {
        ZipEntry e = new ZipEntry(entry);
        e.setTime(1_000_000_000_000L);
        zip.putNextEntry(e);
        zip.write(
            entry.equals(name)
                ? bytes(All.class.getName())
                : entry.endsWith("/") ? new byte[0] : "module a".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    WriteOut.main(new String[] {jar.toString()});
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      assertEquals(3, zip.size());
      assertEquals(1_000_000_000_000L, zip.getEntry("text.rew").getTime());
      assertEquals(
          "module a",
          new String(
              zip.getInputStream(zip.getEntry("text.rew")).readAllBytes(), StandardCharsets.UTF_8));
      byte[] written = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      assertEquals(0, made(written, "ObjectMethods"));
      assertTrue(written.length > 0);
    }
    assertEquals(1, folder.toFile().list().length, "no half of a jar is left");
  }
}
