package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.NodeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.source.Source;

/** What the tree of a program looks like: to tools, and where each value is computed. */
class TreeTest {

  static final Source REWARD = Source.of("my.rew", "near = exp(-gap)\nreward near\n");

  static final CoreProgram PROGRAM =
      CoreParser.parse(
              Source.of(
                  "test",
                  """
                  core near clock step
                  source "my.rew"
                  in gap f64
                  %0: f64 = in(gap) @0:12-15
                  %1: f64 = neg(%0) @0:11-15
                  %2: f64 = exp(%1) @0:7-16
                  %3: bool = finite(%2) @0:0-16
                  check undefined "near" %3 of %2 @0:0-16
                  out component near = %2 @0:17-28
                  """),
              List.of(REWARD))
          .orThrow();

  private static Node root(CoreProgram program) {
    TruffleEvaluator evaluator = (TruffleEvaluator) new TruffleEngine().prepare(program);
    return ((RootCallTarget) evaluator.stepTarget()).getRootNode();
  }

  private static TreeSet<String> texts(Node root, Class<? extends Tag> tag) {
    TreeSet<String> texts = new TreeSet<>();
    root.accept(
        node -> {
          if (node instanceof CoreNode core && core.isInstrumentable() && core.hasTag(tag)) {
            assertNotNull(core.getSourceSection());
            texts.add(core.getSourceSection().getCharacters().toString());
          }
          return true;
        });
    return texts;
  }

  @Test
  void nodesKnowTheirPlaceInTheText() {
    Node root = root(PROGRAM);
    assertEquals(
        new TreeSet<>(List.of("gap", "-gap", "exp(-gap)", "near = exp(-gap)")),
        texts(root, ExpressionTag.class));
    assertEquals(
        new TreeSet<>(List.of("near = exp(-gap)", "reward near")), texts(root, StatementTag.class));
    assertEquals(new TreeSet<>(List.of(REWARD.text())), texts(root, RootTag.class));
    assertEquals("my.rew", root.getSourceSection().getSource().getName());
    assertEquals("near step", root.getRootNode().getName());
  }

  @Test
  void handwrittenCoreHasNoPlaces() {
    Node root = root(Programs.parse("in x f64 out total t = exp(x)"));
    assertEquals(new TreeSet<>(), texts(root, ExpressionTag.class));
    assertEquals(null, root.getSourceSection());
  }

  private static <T extends Node> List<T> all(Node root, Class<T> type) {
    return new ArrayList<>(NodeUtil.findAllNodeInstances(root, type));
  }

  private static <T extends Node> T only(Node root, Class<T> type) {
    List<T> all = all(root, type);
    assertEquals(1, all.size(), NodeUtil.printCompactTreeToString(root));
    return all.getFirst();
  }

  private static boolean isInside(Node node, Class<? extends Node> type) {
    return NodeUtil.findParent(node, type) != null;
  }

  @Test
  void whatOneArmNeedsIsComputedThere() {
    Node root =
        root(
            Programs.parse(
                """
                in c bool in x f64
                e = exp(x)
                out total t = select(c, mul(e, e), add(log(x), sin(x)))
                """));
    assertTrue(isInside(only(root, Elementary.Exp.class), Choice.class));
    assertTrue(isInside(only(root, Elementary.Log.class), Choice.class));
  }

  @Test
  void whatBothArmsNeedIsComputedBefore() {
    Node root =
        root(
            Programs.parse(
                """
                in c bool in x f64
                e = exp(x)
                out total t = select(c, mul(e, 2), add(e, 1))
                """));
    assertFalse(isInside(only(root, Elementary.Exp.class), Select.class));
    assertFalse(isInside(only(root, Elementary.Exp.class), Choice.class));
  }

  @Test
  void aRegionInAnArmIsComputedThere() {
    Node root =
        root(
            Programs.parse(
                """
                in c bool in x f64[1000]
                b = build i<1000 { yield exp(x[i]) }
                out total t = select(c, sum i<1000 { yield mul(b[i], b[999]) }, 0)
                """));
    assertTrue(isInside(only(root, Store.Element.class), Choice.class));
  }

  @Test
  void onlyWhatTheMaskNeedsComesBeforeIt() {
    Node root =
        root(
            Programs.parse(
                """
                in x f64[100]
                s = sum i<100 {
                  e = exp(x[i])
                  where lt(0, tan(x[i]))
                  yield mul(e, e) }
                out total t = s
                """));
    Choice mask = only(root, Choice.class);
    assertTrue(isInside(mask, Loop.class));
    List<Node> children = new ArrayList<>();
    mask.getChildren().forEach(children::add);
    assertEquals(1, all(children.get(0), Elementary.Tan.class).size());
    assertEquals(0, all(children.get(0), Elementary.Exp.class).size());
    assertEquals(1, all(children.get(1), Elementary.Exp.class).size());
  }

  @Test
  void onlySmallRegionsAreCopiedOut() {
    Node small = root(Programs.parse("in x f64[8] out total t = sum i<8 { yield abs(x[i]) }"));
    assertTrue(only(small, Loop.class).isExploded());
    Node large = root(Programs.parse("in x f64[80] out total t = sum i<80 { yield abs(x[i]) }"));
    assertFalse(only(large, Loop.class).isExploded());
  }
}
