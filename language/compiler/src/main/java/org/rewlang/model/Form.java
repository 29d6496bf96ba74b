package org.rewlang.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a structured type that comes from outside lies in arrays. Where it has axes in
 * front (of the agents that each have one), its arrays have them too.
 *
 * @param <A> an array
 */
public sealed interface Form<A extends Supplied> {

  /**
   * A number, a bool, an enum's member, an array of them, a quaternion: one array.
   *
   * @param order of a quaternion, else null
   */
  record Leaf<A extends Supplied>(A array, @Nullable Order order) implements Form<A> {}

  /**
   * An object: a record, or a pose's {@code position} and {@code rotation}.
   *
   * @param type what makes one: the record's name, or {@code pose}
   */
  record Fields<A extends Supplied>(String type, SequencedMap<String, Form<A>> fields)
      implements Form<A> {
    public Fields {
      fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
  }

  /** As many elements as {@code count} says; their arrays have an axis for them. */
  record Row<A extends Supplied>(Form<A> element, int count) implements Form<A> {}

  /** A list of at most {@code bound} elements; how many there are is an array of its own. */
  record Listed<A extends Supplied>(Form<A> element, int bound, A length) implements Form<A> {}

  /** What may be null: whether it is there is an array of its own. */
  record Maybe<A extends Supplied>(Form<A> of, A present) implements Form<A> {}

  /** Its arrays, in the order of their places. */
  default List<A> arrays() {
    List<A> all = new ArrayList<>();
    switch (this) {
      case Leaf<A> l -> all.add(l.array);
      case Fields<A> f -> f.fields.values().forEach(v -> all.addAll(v.arrays()));
      case Row<A> r -> all.addAll(r.element.arrays());
      case Listed<A> l -> {
        all.add(l.length);
        all.addAll(l.element.arrays());
      }
      case Maybe<A> m -> {
        all.add(m.present);
        all.addAll(m.of.arrays());
      }
    }
    return all;
  }

  /** The same over other arrays, made one by one in the order of {@link #arrays}. */
  default <B extends Supplied> Form<B> map(Function<A, B> each) {
    return switch (this) {
      case Leaf<A> l -> new Leaf<>(each.apply(l.array), l.order);
      case Fields<A> f -> {
        SequencedMap<String, Form<B>> mapped = new LinkedHashMap<>();
        f.fields.forEach((name, field) -> mapped.put(name, field.map(each)));
        yield new Fields<>(f.type, mapped);
      }
      case Row<A> r -> new Row<>(r.element.map(each), r.count);
      case Listed<A> l -> {
        B length = each.apply(l.length);
        yield new Listed<>(l.element.map(each), l.bound, length);
      }
      case Maybe<A> m -> {
        B present = each.apply(m.present);
        yield new Maybe<>(m.of.map(each), present);
      }
    };
  }
}
