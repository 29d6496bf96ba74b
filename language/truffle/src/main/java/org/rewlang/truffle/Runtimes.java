package org.rewlang.truffle;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides, before any class of Truffle is loaded, whether it may look for a compiler.
 *
 * <p>Truffle itself throws in set-ups that are nearly right: a compiler that is a plain jar, JVMCI
 * that is present but off, half of its own jars. There it is told to interpret instead.
 */
final class Runtimes {

  private static final String FALLBACK = "truffle.UseFallbackRuntime";
  private static final String JVMCI = "jdk.internal.vm.ci";
  private static final String ADD_MODULES = "--add-modules=";
  private static final String WARN = "polyglot.engine.WarnInterpreterOnly";

  /** Why Truffle must interpret, or null if it may compile. */
  private static final @Nullable String OBSTACLE = choose();

  private Runtimes() {}

  /** To be called first: sets what Truffle reads when its first class is loaded. */
  static @Nullable String obstacle() {
    return OBSTACLE;
  }

  private static @Nullable String choose() {
    if (System.getProperty(WARN) == null) {
      // The engine's reason says it; standard error is the host's.
      System.setProperty(WARN, "false");
    }
    if (Boolean.getBoolean(FALLBACK)) {
      return "the property " + FALLBACK + " is set";
    }
    String obstacle = findObstacle();
    if (obstacle != null) {
      System.setProperty(FALLBACK, "true");
    }
    return obstacle;
  }

  private static @Nullable String findObstacle() {
    if (ModuleLayer.boot().findModule(JVMCI).isEmpty()) {
      return "the JVM runs without --add-modules " + JVMCI;
    }
    // It needs the truffle-compiler module, so that is then there too.
    if (ModuleLayer.boot().findModule("jdk.graal.compiler").isEmpty()) {
      return "the Graal compiler is not on the upgrade module path";
    }
    if (!isFound("com/oracle/truffle/runtime/OptimizedCallTarget.class")) {
      return "truffle-runtime is not on the class path";
    }
    return isJvmciEnabled() ? null : "JVMCI is not enabled in this JVM";
  }

  /** Whether a class exists; loading it here would break what it checks. */
  private static boolean isFound(String file) {
    ClassLoader loader = Runtimes.class.getClassLoader();
    return (loader == null ? ClassLoader.getSystemResource(file) : loader.getResource(file))
        != null;
  }

  /**
   * Asking the module does not do: it may be there because the compiler's jar needs it, while JVMCI
   * is off. The option is hidden where nobody unlocked it; then the module must have been asked for
   * by name, which turns JVMCI on.
   */
  private static boolean isJvmciEnabled() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (vm == null) {
      return false;
    }
    try {
      return Boolean.parseBoolean(vm.getVMOption("EnableJVMCI").getValue());
    } catch (IllegalArgumentException hidden) {
      return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(argument -> argument.startsWith(ADD_MODULES))
          .flatMap(argument -> Stream.of(argument.substring(ADD_MODULES.length()).split(",")))
          .anyMatch(JVMCI::equals);
    }
  }
}
