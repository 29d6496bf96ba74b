package org.rewlang.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a tree of blocks means, read off docs/adr/0007-what-is-paid.md. */
final class Tree {

  private static final List<String> KINDS =
      List.of(
          "sum",
          "sum",
          "product",
          "stages",
          "minimum",
          "maximum",
          "hamacher",
          "geometric",
          "krc",
          "soft_minimum");
  private static final double TEMPERATURE = 0.25;
  private static final String[] LEAVES = {
    "x%d", "-0.3 * x%d", "0.1 * x%d + 0.7", "1 / x%d", "0.2", "abs(x%d)"
  };

  private record Gate(String word, int bool, int id) {
    String text() {
      return switch (word) {
        case "" -> "";
        case "otherwise", "at end" -> " " + word;
        default -> " " + word + " b" + bool;
      };
    }
  }

  /**
   * @param block null for an expression
   */
  private record Item(String name, boolean override, Gate gate, int leaf, int real, Block block) {}

  private record Block(String kind, List<Item> items) {}

  /** A block that took part in a step, as its columns show it. */
  record Seen(
      String name,
      String kind,
      double neutral,
      List<String> items,
      String winner,
      List<String> closed) {}

  private final Random random;
  private final int reals;
  private final int bools;
  private final List<Gate> gates = new ArrayList<>();
  private final Block root;
  private int names;

  private boolean[] before = new boolean[0];
  private boolean[] ever = new boolean[0];
  private final List<Seen> seen = new ArrayList<>();
  private double[] x = {};
  private boolean[] b = {};
  private boolean end;
  private boolean failed;

  /** Whether the block looked at last had nothing to make a number of. */
  private boolean nothing;

  private Map<String, Double> columns = new LinkedHashMap<>();

  private Tree(Random random, int reals, int bools) {
    this.random = random;
    this.reals = reals;
    this.bools = bools;
    root = block(3);
    reset();
  }

  static Tree random(Random random, int reals, int bools) {
    return new Tree(random, reals, bools);
  }

  // Making.

  private Block block(int depth) {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    return kind.equals("stages") ? stages(depth) : block(kind, depth, List.of());
  }

  private Block block(String kind, int depth, List<String> pool) {
    List<Item> items = new ArrayList<>();
    List<String> free = new ArrayList<>(pool);
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      boolean nested = depth > 0 && random.nextInt(3) == 0;
      boolean shared = !nested && !free.isEmpty();
      String name =
          shared ? free.remove(random.nextInt(free.size())) : (nested ? "n" : "c") + names++;
      boolean override = random.nextInt(7) == 0;
      Gate gate = gate(override ? 0 : 2);
      items.add(
          new Item(
              name,
              override,
              gate,
              random.nextInt(LEAVES.length),
              random.nextInt(reals),
              nested ? block(depth - 1) : null));
    }
    return new Block(kind, items);
  }

  private Block stages(int depth) {
    List<Item> stages = new ArrayList<>();
    List<String> pool = List.of("p" + names, "q" + names, "r" + names);
    names++;
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1 && random.nextBoolean();
      String kind = KINDS.get(random.nextInt(KINDS.size()));
      boolean group = kind.equals("sum") || kind.equals("stages");
      Gate gate = last ? new Gate("otherwise", 0, -1) : gate(0);
      Block block = block(group ? "sum" : kind, depth - 1, group ? pool : List.of());
      stages.add(new Item("s" + names++, false, gate, 0, 0, block));
    }
    return new Block("stages", stages);
  }

  /** One in {@code open} has a gate; all have where that is 0. */
  private Gate gate(int open) {
    if (open > 0 && random.nextInt(open) > 0) {
      return new Gate("", 0, -1);
    }
    List<String> words = List.of("when", "when", "on", "once", "at end", "at end when");
    Gate gate =
        new Gate(words.get(random.nextInt(words.size())), random.nextInt(bools), gates.size());
    gates.add(gate);
    return gate;
  }

  String program() {
    StringBuilder text = new StringBuilder("inputs {");
    for (int i = 0; i < reals; i++) {
      text.append(" x").append(i).append(": real");
    }
    for (int i = 0; i < bools; i++) {
      text.append(" b").append(i).append(": bool");
    }
    text.append(" terminated: bool }\nreward =").append(text(root, ""));
    return text.append('\n').toString();
  }

  private static String head(String kind) {
    return switch (kind) {
      case "sum" -> "";
      case "soft_minimum" -> " soft_minimum(temperature = " + TEMPERATURE + ")";
      default -> " " + kind;
    };
  }

  private static String text(Block block, String gate) {
    StringBuilder text = new StringBuilder(head(block.kind)).append(gate).append(" {\n");
    for (Item item : block.items) {
      if (block.kind.equals("stages")) {
        String head = head(item.block.kind);
        String body = text(new Block("sum", item.block.items), "");
        text.append(item.name).append(head.isEmpty() ? "" : " =" + head);
        text.append(item.gate.text()).append(body);
      } else {
        text.append(item.override ? "override " : "").append(item.name).append(" = ");
        text.append(
            item.block == null
                ? LEAVES[item.leaf].formatted(item.real) + item.gate.text()
                : text(item.block, item.gate.text()).strip());
      }
      text.append('\n');
    }
    return text.append("}").toString();
  }

  // Meaning.

  void reset() {
    before = new boolean[gates.size()];
    ever = new boolean[gates.size()];
  }

  /** The step did not fail: what gates remember goes on. */
  void commit() {
    for (Gate gate : gates) {
      before[gate.id] = b[gate.bool];
      ever[gate.id] |= b[gate.bool];
    }
  }

  List<Seen> seen() {
    return seen;
  }

  /** What is logged, NaN for null; null if the step fails. */
  Map<String, Double> step(double[] reals, boolean[] truths, boolean ends) {
    x = reals;
    b = truths;
    end = ends;
    failed = false;
    columns = new LinkedHashMap<>();
    seen.clear();
    Map<String, Double> top = columns;
    double total = worth(root, "", "total", true);
    failed |= !Double.isFinite(total);
    // Components come first, then what is in them.
    Map<String, Double> ordered = new LinkedHashMap<>();
    ordered.put("total", total);
    ordered.putAll(top);
    return failed ? null : ordered;
  }

  private boolean open(Gate gate) {
    return switch (gate.word) {
      case "", "otherwise" -> true;
      case "when" -> b[gate.bool];
      case "on" -> b[gate.bool] && !before[gate.id];
      case "once" -> b[gate.bool] && !ever[gate.id];
      case "at end" -> end;
      default -> end && b[gate.bool];
    };
  }

  private static double neutral(String kind) {
    return switch (kind) {
      case "sum", "stages" -> 0;
      case "product", "hamacher" -> 1;
      default -> Double.NaN;
    };
  }

  private double worth(Block block, String prefix, String name, boolean active) {
    if (block.kind.equals("stages")) {
      return stages(block, prefix, name, active);
    }
    List<String> all = new ArrayList<>();
    List<String> closed = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    Item winner = items(block, prefix, active, all, closed, shares);
    // Of nothing there is no least: a block that can't say otherwise doesn't take part.
    nothing = shares.isEmpty() && Double.isNaN(neutral(block.kind));
    if (active && !nothing) {
      String won = winner == null ? null : prefix + winner.name;
      seen.add(new Seen(name, block.kind, neutral(block.kind), all, won, closed));
    }
    return winner == null || shares.isEmpty() ? combine(block.kind, shares) : shares.getFirst();
  }

  /** Logs the items of a block; returns the override that wins, if any. */
  private Item items(
      Block block,
      String prefix,
      boolean active,
      List<String> all,
      List<String> closed,
      List<Double> shares) {
    Item winner = null;
    for (Item item : block.items) {
      if (winner == null && item.override && open(item.gate)) {
        winner = item;
      }
    }
    for (Item item : block.items) {
      boolean wins = winner == null ? !item.override : winner == item;
      boolean takes = active && wins && open(item.gate);
      String column = prefix + item.name;
      // Its place is before that of its items.
      columns.putIfAbsent(column, 0.0);
      double worth =
          item.block == null ? leaf(item) : worth(item.block, column + ".", column, takes);
      takes &= item.block == null || !nothing;
      failed |= takes && !Double.isFinite(worth);
      columns.put(column, takes ? worth : neutral(block.kind));
      all.add(column);
      (takes ? new ArrayList<String>() : closed).add(column);
      if (takes) {
        shares.add(worth);
      }
    }
    return winner;
  }

  private double stages(Block block, String prefix, String name, boolean active) {
    Map<String, Double> outer = columns;
    Map<String, Double> own = new LinkedHashMap<>();
    Map<String, Double> mine = new LinkedHashMap<>();
    boolean matched = false;
    for (Item stage : block.items) {
      boolean pays = active && !matched && open(stage.gate);
      matched |= open(stage.gate);
      columns = new LinkedHashMap<>();
      String column = prefix + stage.name;
      if (stage.block.kind.equals("sum")) {
        List<String> all = new ArrayList<>();
        items(stage.block, prefix, pays, all, new ArrayList<>(), new ArrayList<>());
        for (String item : all) {
          mine.merge(item, columns.get(item), (old, now) -> pays ? now : old);
        }
      } else {
        double worth = worth(stage.block, column + ".", column, pays);
        failed |= pays && !nothing && !Double.isFinite(worth);
        mine.put(column, pays && !nothing ? worth : 0);
      }
      columns.forEach((item, value) -> own.merge(item, value, (old, now) -> pays ? now : old));
      columns = outer;
    }
    columns.putAll(mine);
    own.forEach(columns::putIfAbsent);
    nothing = false;
    if (active) {
      seen.add(new Seen(name, "stages", 0, List.copyOf(mine.keySet()), null, List.of()));
    }
    return mine.values().stream().reduce(Double::sum).orElse(0.0);
  }

  private double leaf(Item item) {
    double v = x[item.real];
    return switch (item.leaf) {
      case 0 -> v;
      case 1 -> -0.3 * v;
      case 2 -> 0.1 * v + 0.7;
      case 3 -> 1 / v;
      case 4 -> 0.2;
      default -> Math.abs(v);
    };
  }

  /** By the formulas of the table, on the items that take part. */
  private static double combine(String kind, List<Double> of) {
    if (of.isEmpty()) {
      return neutral(kind);
    }
    double product = of.stream().reduce(1.0, (p, q) -> p * q);
    boolean negative = of.stream().anyMatch(v -> v < 0);
    double root = Math.pow(Math.abs(product), 1.0 / of.size());
    return switch (kind) {
      case "sum" -> of.stream().reduce(0.0, Double::sum);
      case "product" -> product;
      case "minimum" -> of.stream().min(Double::compare).get();
      case "maximum" -> of.stream().max(Double::compare).get();
      case "geometric" -> negative ? Double.NaN : root;
      case "krc" -> negative ? -root : root;
      case "soft_minimum" -> {
        double shift = of.stream().min(Double::compare).get();
        double sum = of.stream().mapToDouble(v -> Math.exp((shift - v) / TEMPERATURE)).sum();
        yield shift - TEMPERATURE * Math.log(sum);
      }
      case "hamacher" -> hamacher(of);
      default -> throw new AssertionError(kind);
    };
  }

  private static double hamacher(List<Double> of) {
    double result = of.getFirst();
    for (double v : of.subList(1, of.size())) {
      double below = result + v - result * v;
      result = below > 0 ? result * v / below : 0;
    }
    return of.stream().allMatch(v -> v >= 0 && v <= 1) ? result : Double.NaN;
  }
}
