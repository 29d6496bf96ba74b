package org.rewlang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.interpret.Interpreter;
import org.rewlang.oracle.RandomLists;
import org.rewlang.source.Source;

/**
 * Whether the comparison with the interpreter would notice a mistake in an engine: each mutant is a
 * file of the engine with one piece of text replaced, compiled, loaded beside the real engine, and
 * run on the programs that engines are compared on.
 */
public final class Mutants {

  /**
   * One mistake.
   *
   * @param file the name of a source file in the engine's package
   * @param text what stands there exactly once
   * @param instead what the mutant has
   */
  public record Mutant(String file, String text, String instead) {

    @Override
    public String toString() {
      return file + ": `" + text + "` -> `" + instead + "`";
    }
  }

  private static final int PROGRAMS = 400;

  private final Class<? extends Engine> engine;
  private final Path sources;
  private final String prefix;
  private final Path folder;

  private Mutants(Class<? extends Engine> engine, Path folder) {
    this.engine = engine;
    this.folder = folder;
    prefix = engine.getPackageName() + ".";
    sources = Path.of("src/main/java", engine.getPackageName().replace('.', '/'));
  }

  /**
   * Checks that each of these mistakes is noticed.
   *
   * @param engine has a constructor without parameters, and its sources in this module
   */
  public static void areNoticed(Class<? extends Engine> engine, Path folder, List<Mutant> mutants)
      throws Exception {
    Mutants made = new Mutants(engine, folder);
    assertEquals(null, made.noticed(folder), "without a mistake nothing is noticed");
    List<Mutant> survivors = new ArrayList<>();
    for (int i = 0; i < mutants.size(); i++) {
      Path classes = Files.createDirectory(folder.resolve(engine.getSimpleName() + i));
      made.compile(mutants.get(i), classes);
      if (made.noticed(classes) == null) {
        survivors.add(mutants.get(i));
      }
    }
    assertEquals(List.of(), survivors, "not noticed");
  }

  private void compile(Mutant mutant, Path classes) throws IOException {
    String source = Files.readString(sources.resolve(mutant.file));
    assertEquals(
        2, source.split(Pattern.quote(mutant.text), -1).length, () -> "not there once: " + mutant);
    Path changed = Files.createDirectory(classes.resolve("source")).resolve(mutant.file);
    Files.writeString(changed, source.replace(mutant.text, mutant.instead));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(changed))
              .call();
      assertEquals(true, compiled, () -> mutant + "\n" + said);
    }
  }

  /** Of the tests, whether the JVM or a loader of the test runner has it. */
  private String classPath() {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    path.add(System.getProperty("java.class.path"));
    if (engine.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        path.add(Path.of(URI.create(url.toString())).toString());
      }
    }
    return path.toString();
  }

  /** Classes of the engine's package, the mutant's first; all else is the test's own. */
  private final class Loaded extends URLClassLoader {

    Loaded(Path first) throws IOException {
      super(places(first), Mutants.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(prefix)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private URL[] places(Path first) throws IOException {
    Set<URL> places = new LinkedHashSet<>();
    places.add(first.toUri().toURL());
    // An engine that only tests have uses what the module has.
    for (String name : List.of(engine.getName(), prefix + "package-info")) {
      String file = name.replace('.', '/') + ".class";
      engine
          .getClassLoader()
          .getResources(file)
          .asIterator()
          .forEachRemaining(url -> places.add(root(url, file)));
    }
    return places.toArray(URL[]::new);
  }

  private static URL root(URL url, String file) {
    try {
      String text = url.toString();
      return URI.create(text.substring(0, text.length() - file.length())).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** How the first difference shows; null where there is none. */
  private Throwable noticed(Path first) throws Exception {
    try (Loaded loader = new Loaded(first)) {
      Class<?> mutated = loader.loadClass(engine.getName());
      assertEquals(loader, mutated.getClassLoader());
      Engine made = (Engine) mutated.getDeclaredConstructor().newInstance();
      try {
        compare(made);
        return null;
      } catch (AssertionError | RuntimeException | LinkageError e) {
        return e;
      }
    }
  }

  private static void compare(Engine engine) {
    Edges.check(engine);
    for (CoreCases.Case test : CoreCases.all()) {
      compare(engine, test.program(), 1, 12);
    }
    for (int seed = 0; seed < PROGRAMS; seed++) {
      compare(engine, RandomCore.program(seed), seed, 12);
      if (seed % 16 == 0) {
        String text = new RandomLists(seed).text;
        CoreProgram core = Compiler.compile(Source.of("lists.rew", text), Loader.NONE).core();
        assertNotNull(core);
        compare(engine, core, seed, 8);
      }
    }
  }

  private static void compare(Engine engine, CoreProgram program, long seed, int steps) {
    Differential.compare(program, new Interpreter(), engine, seed, steps);
    BatchEvaluator evaluator = engine.prepareBatch(program).orElse(null);
    if (evaluator != null) {
      BatchEvaluator.Runner runner = evaluator.newRunner();
      BatchDifferential.compare(evaluator, runner, 2, seed, 2);
      BatchDifferential.compare(evaluator, runner, 5, seed, 3);
    }
  }
}
