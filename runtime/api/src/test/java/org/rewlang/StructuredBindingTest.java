package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;

/** Records, lists, optionals and quaternions supplied by record classes. */
class StructuredBindingTest {

  private static final String PROGRAM =
      """
      enum Label { car, tree }
      record Box { at: real[2]<cm>  label: Label  score: real?  corners: int[..2] }
      inputs {
        boxes: Box[..3]
        cloud: real[..4, 3]
        q:     quat[xyzw]
        goal:  Box?
        limit: real?
        pair:  Box[2]
      }
      reward {
        cars  = count(b.label == car for b in boxes)
        far   = max(b.at.x for b in boxes) as m ?? -1
        score = sum(b.score ?? 10 for b in boxes)
        corns = sum(sum(b.corners) for b in boxes)
        cloud = sum((q * p).y for p in cloud)
        goal  = goal.at.y as m ?? -1
        limit = limit ?? 7
        pair  = pair[1].at.x as m
        seen  = length(prev(boxes, initially = []))
      }
      """;

  private enum Label {
    tree,
    car
  }

  private record Box(double[] at, Label label, Double score, List<Integer> corners) {}

  private record Step(
      List<Box> boxes,
      double[][] cloud,
      double[] q,
      Optional<Box> goal,
      Double limit,
      Box[] pair) {}

  private static Box box(double x, double y, Label label, Double score, Integer... corners) {
    return new Box(new double[] {x, y}, label, score, List.of(corners));
  }

  private static Step step(List<Box> boxes, Optional<Box> goal, Double limit) {
    return new Step(
        boxes,
        new double[][] {{1, 2, 3}, {4, 0, 0}},
        new double[] {0, 0, 1, 1},
        goal,
        limit,
        new Box[] {box(1, 1, Label.car, null), box(300, 1, Label.car, null)});
  }

  private static Reward reward() {
    return RewardEngine.create("interpreter").compile("boxes", PROGRAM);
  }

  @Test
  void recordsListsAndOptionals() {
    Reward reward = reward();
    Binding<Step> binding = reward.bind(Schema.of(Step.class));
    Episode episode = reward.newEpisode();
    List<Box> two = List.of(box(100, 200, Label.car, 0.5, 3, 4), box(250, 0, Label.tree, null, 5));
    assertEquals(
        1 + 2.5 + 10.5 + 12 + 5 + -1 + 7 + 3 + 0,
        episode.step(binding, step(two, Optional.empty(), null)));
    assertEquals(
        0 + -1 + 0 + 0 + 5 + 4 + 2 + 3 + 2,
        episode.step(binding, step(List.of(), Optional.of(box(0, 400, Label.car, null)), 2.0)));
  }

  @Test
  void tooLongAndNull() {
    Reward reward = reward();
    Binding<Step> binding = reward.bind(Schema.of(Step.class));
    Episode episode = reward.newEpisode();
    Box one = box(0, 0, Label.car, null);
    RewardEvaluationException tooLong =
        assertThrows(
            RewardEvaluationException.class,
            () -> episode.step(binding, step(List.of(one, one, one, one), Optional.empty(), null)));
    assertEquals(Code.WRONG_LENGTH, tooLong.diagnostics().getFirst().code());
    RewardEvaluationException isNull =
        assertThrows(
            RewardEvaluationException.class,
            () -> episode.step(binding, step(null, Optional.empty(), null)));
    assertEquals(Code.MISSING_VALUE, isNull.diagnostics().getFirst().code());
  }

  private record Wrong(List<String> boxes) {}

  @Test
  void aTypeThatDoesNotFit() {
    RewardCompileException e =
        assertThrows(RewardCompileException.class, () -> reward().bind(Schema.of(Wrong.class)));
    assertTrue(
        e.diagnostics().stream()
            .anyMatch(d -> d.message().startsWith("`boxes` is Box[..3], in record `Wrong`")),
        () -> e.diagnostics().toString());
  }
}
