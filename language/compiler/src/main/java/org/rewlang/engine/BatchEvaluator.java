package org.rewlang.engine;

/**
 * A core program made ready to run on blocks of lanes. Immutable; any number of threads may run it,
 * each with a runner and batches of its own.
 */
public interface BatchEvaluator {

  Layout layout();

  /** How many lanes a block best has, for what a step touches to stay in the processor's cache. */
  int width();

  /** What runs steps, for one thread at a time. */
  Runner newRunner();

  /** Lanes that run this program: at most {@link #width} of them. */
  default Batch newBatch(int width, double[] params) {
    return new Batch(layout(), width, params);
  }

  /** The engine's own memory, which any number of batches can share one after the other. */
  interface Runner {

    /**
     * Runs one step in the first {@code lanes} lanes: each does what {@link Evaluator#step} does,
     * and says in {@link Batch#failed} what it came to.
     *
     * @return whether every check held in every lane
     */
    boolean step(Batch batch, int lanes);

    /**
     * Starts an episode in those of the first {@code lanes} lanes that {@code begins} names, as
     * {@link Evaluator#observe} does; the others stay as they are.
     *
     * @return whether every check held in every lane named
     */
    boolean observe(Batch batch, int lanes, boolean[] begins);
  }
}
