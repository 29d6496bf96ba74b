package org.rewlang.score;

import org.jspecify.annotations.Nullable;
import org.rewlang.data.Segment;

/**
 * What an episode came to, once it is over.
 *
 * @param sums of the components, then of the coordinates of a vector reward
 * @param verdicts of the formulas, as numbers of their words, NaN where none is known
 */
public record Whole(
    String source,
    @Nullable Object episode,
    double sum,
    long length,
    boolean succeeded,
    boolean failed,
    Segment.Ending ending,
    double[] sums,
    double[] verdicts) {}
