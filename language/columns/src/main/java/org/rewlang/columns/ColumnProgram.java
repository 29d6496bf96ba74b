package org.rewlang.columns;

import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Batch;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Layout;

/** A core program as loops over columns. */
final class ColumnProgram implements BatchEvaluator {

  /** What a block's columns take up at most, in doubles: half of a usual second-level cache. */
  private static final int CACHE = 1 << 16;

  /**
   * What calling a loop costs is to be little beside what it does: even where the cache can't hold
   * a block.
   */
  private static final int LEAST = 128;

  private static final int MOST = 1024;

  private final Layout layout;
  private final Places places;
  private final Action step;
  private final Action reset;
  private final Commit afterStep;
  private final Commit afterReset;

  ColumnProgram(CoreProgram program) {
    layout = new Layout(program);
    places = new Places(program);
    step = new BodyBuilder(layout, program.step(), places, true).values();
    reset = new BodyBuilder(layout, program.reset(), places, false).values();
    afterStep = new Commit(layout, program.step().sinks(), places);
    afterReset = new Commit(layout, program.reset().sinks(), places);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int width() {
    int columns = places.columns() + layout.inputSize() + layout.stateSize() + layout.outputSize();
    return Math.clamp(Integer.highestOneBit(Math.max(CACHE / columns, 1)), LEAST, MOST);
  }

  @Override
  public Runner newRunner() {
    return newRunner(width());
  }

  /** A runner of batches that have at most {@code width} lanes. */
  Runner newRunner(int width) {
    return new ColumnRunner(places.newColumns(width));
  }

  private final class ColumnRunner implements Runner {
    private final Columns columns;

    ColumnRunner(Columns columns) {
      this.columns = columns;
    }

    @Override
    public boolean step(Batch batch, int lanes) {
      if (lanes == 0) {
        return true;
      }
      columns.enter(batch);
      step.run(columns, lanes);
      return afterStep.step(columns, lanes);
    }

    @Override
    public boolean observe(Batch batch, int lanes, boolean[] begins) {
      if (lanes == 0) {
        return true;
      }
      columns.enter(batch);
      reset.run(columns, lanes);
      return afterReset.observe(columns, lanes, begins);
    }
  }
}
