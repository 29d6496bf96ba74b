package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;

/** Questions about the shape of terms. */
public final class Terms {

  private Terms() {}

  /**
   * What a term reads in order, through definitions and state, too. A definition that is still
   * being made reads nothing.
   */
  public static List<Term> children(Term term) {
    return switch (term) {
      case Term.Const _,
          Term.Table _,
          Term.Input _,
          Term.Param _,
          Term.StepIndex _,
          Term.LoopIndex _ ->
          List.of();
      case Term.Ref ref ->
          ref.definition().isDefined() ? List.of(ref.definition().value()) : List.of();
      case Term.Apply apply -> apply.operands();
      case Term.Retype retype -> List.of(retype.of());
      case Term.Reduce reduce -> List.of(reduce.of());
      case Term.Build build -> List.of(build.body());
      case Term.ReduceOver over ->
          over.where() == null ? List.of(over.body()) : List.of(over.where(), over.body());
      case Term.Element element -> with(element.indices(), element.of());
      case Term.Slice slice -> List.of(slice.of());
      case Term.Stack stack -> stack.parts();
      case Term.Broadcast broadcast -> List.of(broadcast.of());
      case Term.Reshape reshape -> List.of(reshape.of());
      case Term.Concatenate concatenate -> concatenate.parts();
      case Term.Sort sort -> List.of(sort.of());
      case Term.Put put -> {
        List<Term> all = with(put.indices(), put.value());
        all.add(put.of());
        yield all;
      }
      case Term.Accumulator so -> List.of(initial(so), next(so));
      case Term.Fold fold -> {
        List<Term> all = new ArrayList<>(fold.iteration().initial());
        Term where = fold.iteration().where();
        if (where != null) {
          all.add(where);
        }
        all.addAll(fold.iteration().next());
        yield all;
      }
      case Term.Prev prev ->
          prev.initially() == null ? List.of(prev.of()) : List.of(prev.initially(), prev.of());
      case Term.Initial initial -> List.of(initial.of());
      case Term.Past past -> {
        List<Term> all = new ArrayList<>();
        if (past.since() != null) {
          all.add(past.since());
        }
        if (past.where() != null) {
          all.add(past.where());
        }
        all.add(past.of());
        yield List.copyOf(all);
      }
      case Term.Sliding sliding -> List.of(sliding.of());
      case Term.Since since -> List.of(since.held(), since.event());
      case Term.Robustness r -> r.beta() == null ? r.atoms() : with(r.atoms(), r.beta());
      case Term.WindowCount count -> List.of(count.window().of());
      case Term.WindowAt at -> List.of(at.index(), at.window().of());
      case Term.Occurrences occurrences -> List.of(occurrences.key());
    };
  }

  private static List<Term> with(List<Term> list, Term last) {
    List<Term> all = new ArrayList<>(list);
    all.add(last);
    return all;
  }

  /** What a term reads of its own round or step: not what the one before made of it. */
  public static List<Term> now(Term term) {
    return switch (term) {
      case Term.Prev _ -> List.of();
      case Term.Accumulator so -> List.of(initial(so));
      default -> children(term);
    };
  }

  /** What an accumulator begins as. */
  static Term initial(Term.Accumulator so) {
    return so.iteration().initial().get(so.which());
  }

  /** What a round makes of an accumulator. */
  static Term next(Term.Accumulator so) {
    return so.iteration().next().get(so.which());
  }

  /** The term itself, behind names and changes of type. */
  public static Term bare(Term term) {
    Term at = term;
    while (true) {
      switch (at) {
        case Term.Ref ref -> at = ref.definition().value();
        case Term.Retype retype -> at = retype.of();
        default -> {
          return at;
        }
      }
    }
  }

  /** The number that a term always is, or NaN. */
  public static double constant(Term term) {
    return bare(term) instanceof Term.Const c ? c.value() : Double.NaN;
  }

  /** Whether the term is this operation. */
  public static boolean is(Term term, Operation op) {
    return term instanceof Term.Apply apply && apply.op() == op;
  }

  /** Whether the term holds state of its own. */
  public static boolean isState(Term term) {
    return switch (term) {
      case Term.Prev _,
          Term.Initial _,
          Term.Past _,
          Term.Sliding _,
          Term.Since _,
          Term.Robustness _,
          Term.WindowCount _,
          Term.WindowAt _,
          Term.Occurrences _,
          Term.StepIndex _ ->
          true;
      default -> false;
    };
  }

  /**
   * The position in an operand's shape of an index into the shape that it is broadcast to: the last
   * dimensions match, a length of 1 repeats.
   *
   * @return for each dimension of the operand, the dimension of the result; -1 for index 0
   */
  public static List<Integer> broadcast(Type operand, Type result) {
    List<Integer> from = operand.shape();
    List<Integer> to = result.shape();
    List<Integer> positions = new ArrayList<>(from.size());
    for (int d = 0; d < from.size(); d++) {
      int position = to.size() - from.size() + d;
      boolean repeats = from.get(d) == 1 && to.get(position) != 1;
      positions.add(repeats ? -1 : position);
    }
    return positions;
  }
}
