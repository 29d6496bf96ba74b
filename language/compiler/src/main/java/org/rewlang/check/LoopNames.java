package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.Target;

/** What the names of a loop stand for: an element, or parts of it. */
final class LoopNames {

  /** An element, as it is made of others: {@code enumerate(zip(a, b))} is a number and a pair. */
  sealed interface Item {}

  record One(Value value) implements Item {}

  record Several(List<Item> items) implements Item {}

  /** Of a domain whose elements have no values. */
  static final Item NOTHING = new Several(List.of());

  /** A vector of more elements isn't taken apart by names. */
  private static final int MOST = 64;

  private final Session session;

  LoopNames(Session session) {
    this.session = session;
  }

  /** Binds the names to the parts of an element. False, with the reason told, if they don't fit. */
  boolean bind(Expr.For clause, Item element, Env env) {
    Location at = env.at(clause.span());
    boolean fits = fits(clause.targets(), element, at);
    if (fits) {
      bind(clause.targets(), element, env, at);
    } else {
      misfit(clause, element, env);
    }
    return fits;
  }

  private void misfit(Expr.For clause, Item element, Env env) {
    int names = clause.names().size();
    int values = Math.toIntExact(leaves(element).count());
    session.reporter.report(
        session
            .diagnose(
                Code.SHAPE_MISMATCH,
                names == values
                    ? "the brackets around names don't fit the values"
                    : "there are "
                        + names
                        + " names for "
                        + values
                        + (values == 1 ? " value" : " values"),
                clause.span(),
                env)
            .label("each element is " + (values == 1 ? "one value" : shape(element))));
    clause.names().forEach(n -> env.bind(n.text(), new Entity.Wrong(env.file.at(n.span()))));
  }

  /** {@code (·, (·, ·))}. */
  private static String shape(Item item) {
    return switch (item) {
      case One _ -> "·";
      case Several s ->
          s.items.stream().map(LoopNames::shape).collect(Collectors.joining(", ", "(", ")"));
    };
  }

  private static boolean fits(List<Target> targets, Item element, Location at) {
    List<Item> items = items(targets, element, at);
    boolean fits = items.size() == targets.size();
    for (int i = 0; fits && i < items.size(); i++) {
      fits =
          switch (targets.get(i)) {
            case Target.One _ -> items.get(i) instanceof One;
            case Target.Group group -> fits(group.targets(), items.get(i), at);
          };
    }
    return fits;
  }

  private void bind(List<Target> targets, Item element, Env env, Location at) {
    List<Item> items = items(targets, element, at);
    for (int i = 0; i < items.size(); i++) {
      switch (targets.get(i)) {
        case Target.One(var name) -> {
          Value value = ((One) items.get(i)).value;
          Location where = env.file.at(name.span());
          env.bind(name.text(), new Entity.Bound(value, Index.Kind.VARIABLE, where));
          session.sites.declare(where, Index.Kind.VARIABLE, name.text(), null, value);
        }
        case Target.Group group -> bind(group.targets(), items.get(i), env, at);
      }
    }
  }

  /**
   * What each of some names stands for. Without brackets they are all the values, however those
   * were put together: {@code i, x, y}.
   */
  private static List<Item> items(List<Target> targets, Item element, Location at) {
    List<Item> items =
        switch (element) {
          case Several s -> s.items;
          case One one -> targets.size() == 1 ? List.of(one) : apart(one, at);
        };
    boolean bracketed = targets.stream().anyMatch(Target.Group.class::isInstance);
    if (bracketed && targets.size() == 1 && items.size() != 1) {
      return List.of(element);
    }
    return bracketed || items.size() == targets.size() ? items : leaves(element).toList();
  }

  private static Stream<Item> leaves(Item item) {
    return switch (item) {
      case One one -> Stream.of(one);
      case Several s -> s.items.stream().flatMap(LoopNames::leaves);
    };
  }

  /** The elements of a vector. */
  private static List<Item> apart(One one, Location at) {
    if (!(one.value instanceof Value.Tensor vector)) {
      return List.of(one);
    }
    Term term = vector.term();
    List<Integer> shape = term.type().shape();
    List<Item> parts = new ArrayList<>();
    if (shape.isEmpty() || shape.getFirst() > MOST) {
      return List.of(one);
    }
    for (int i = 0; i < shape.getFirst(); i++) {
      parts.add(new One(Value.of(Terms.element(term, i, at))));
    }
    return parts;
  }
}
