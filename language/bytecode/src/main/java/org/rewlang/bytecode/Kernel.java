package org.rewlang.bytecode;

import java.lang.constant.ClassDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.ProgramCode;
import org.rewlang.code.Size;
import org.rewlang.code.Statement;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Layout;

/**
 * A step as a method of many lanes that share nothing, in the form that compilers to GPUs take:
 * counted loops, if and select, and no other jump. Immutable.
 *
 * <p>The method {@code rw_step(inputs, shared, state, outputs, scratch, failed, n)} steps lanes 0
 * to n - 1. What {@link Layout} puts at place p is, of lane l, at {@code p * n + l}, so neighbours
 * read neighbouring places. {@code shared} holds the parameters and then {@link Code#tables}. A
 * lane whose check fails says so in {@code failed} and keeps its outputs and state.
 */
public sealed interface Kernel {

  /** Longer methods, by estimate in bytes, are refused: the JVM has none over 64 KiB. */
  int LONGEST = 40_000;

  /**
   * What the classes that hold columns are called where the kernel runs.
   *
   * @param doubles has {@code double get(int)} and {@code void set(int, double)}
   * @param ints has the same for {@code int}
   * @param task an interface of one method {@code apply} of seven objects
   * @param parallel marks the loop over lanes
   * @param elementary has elementary functions with the bits of {@link StrictMath}, as static
   *     methods of the same names; null where there is none
   */
  record Platform(
      ClassDesc doubles,
      ClassDesc ints,
      ClassDesc task,
      ClassDesc parallel,
      @Nullable ClassDesc elementary) {

    private static final String TORNADO = "uk.ac.manchester.tornado.api.";

    /** TornadoVM 5.2, which translates a call to {@code exp} to its own, of other bits. */
    public static final Platform TORNADO_VM =
        new Platform(
            ClassDesc.of(TORNADO + "types.arrays.DoubleArray"),
            ClassDesc.of(TORNADO + "types.arrays.IntArray"),
            ClassDesc.of(TORNADO + "common.TornadoFunctions$Task7"),
            ClassDesc.of(TORNADO + "annotations.Parallel"),
            null);
  }

  /**
   * Where the loop over lanes lies in the bytecode of {@code rw_step}.
   *
   * @param start the index of its first byte
   * @param length in bytes
   * @param variable the local variable that counts
   */
  record Lanes(int start, int length, int variable) {}

  /** A kernel. */
  final class Code implements Kernel {

    /** The class, which is public and has a public constructor without parameters. */
    public static final String NAME = Kernel.class.getPackageName() + ".rw_kernel";

    /** The method of its step. */
    public static final String METHOD = "rw_step";

    private final Layout layout;
    private final byte[] bytes;
    private final Lanes lanes;
    private final double[] tables;
    private final int scratchSize;

    Code(Layout layout, byte[] bytes, double[] tables, int scratchSize) {
      this.layout = layout;
      this.bytes = bytes;
      this.lanes = KernelEmitter.lanes(bytes);
      this.tables = tables;
      this.scratchSize = scratchSize;
    }

    public Layout layout() {
      return layout;
    }

    /** The class file. */
    public byte[] bytes() {
      return bytes.clone();
    }

    /** The loop over lanes. */
    public Lanes lanes() {
      return lanes;
    }

    /** What follows the parameters in {@code shared}. */
    public double[] tables() {
      return tables.clone();
    }

    /** How many places of scratch memory a lane needs. */
    public int scratchSize() {
      return scratchSize;
    }

    /** How many lanes there may be: a place is an {@code int}. */
    public int maxLanes() {
      int widest =
          Math.max(
              Math.max(layout.inputSize(), layout.outputSize()),
              Math.max(layout.stateSize(), scratchSize));
      return Integer.MAX_VALUE / Math.max(1, widest);
    }
  }

  /**
   * No kernel.
   *
   * @param reason in the user's words
   */
  record Refused(String reason) implements Kernel {}

  /** A step of this program, or why there is none. */
  static Kernel of(CoreProgram program, Platform platform) {
    ProgramCode code = ProgramCode.of(program);
    KernelForm form = new KernelForm();
    List<Statement> statements = form.of(code.step());
    if (Size.of(statements) > LONGEST) {
      return new Refused("the program is too long for one kernel");
    }
    String missing = KernelForm.elementary(statements);
    if (missing != null && platform.elementary() == null) {
      return new Refused("there is no '" + missing + "' with the same bits on a GPU");
    }
    Layout layout = code.layout();
    byte[] bytes =
        KernelEmitter.classOf(layout, statements, form.failed(), code.tables(), platform);
    return new Code(layout, bytes, code.tables().all(), code.scratch().size());
  }
}
