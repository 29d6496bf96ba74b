package org.rewlang.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.Port;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.TableInfo;
import org.rewlang.core.Type;
import org.rewlang.model.Base;
import org.rewlang.model.InputVar;
import org.rewlang.model.Model;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Term;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** What the lowering of a program's two functions has in common. */
final class Unit {

  private final Ranges ranges;
  private final Memory memory;
  private final List<Source> sources;
  private final Map<Source, Integer> sourceIndex = new IdentityHashMap<>();
  private final Map<InputVar, Integer> inputs = new IdentityHashMap<>();
  private final Map<ParamVar, Integer> params = new IdentityHashMap<>();
  private final CoreBuilder.Tables tables =
      new CoreBuilder.Tables(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
  private final Set<String> stateNames = new HashSet<>();

  /** The terms that {@code order} lists may be read; inputs not declared are added. */
  Unit(Model model, Ranges ranges, List<Term> roots) {
    this.ranges = ranges;
    this.sources = model.sources();
    for (int i = 0; i < sources.size(); i++) {
      sourceIndex.putIfAbsent(sources.get(i), i);
    }
    model.inputs().forEach(this::addInput);
    for (ParamVar param : model.params()) {
      params.put(param, tables.params().size());
      tables.params().add(new Port(param.name(), type(param.type()), param.initial()));
    }
    roots.forEach(ranges::fact);
    List<Term> reached = reached(roots);
    for (Term term : reached) {
      if (term instanceof Term.Input input && !inputs.containsKey(input.input())) {
        addInput(input.input());
      }
    }
    memory = new Memory(ranges.graph(), reached, roots);
  }

  private void addInput(InputVar input) {
    inputs.put(input, tables.inputs().size());
    tables.inputs().add(Port.input(input.name(), type(input.type())));
  }

  private List<Term> reached(List<Term> roots) {
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Term> work = new ArrayList<>(roots);
    while (!work.isEmpty()) {
      Term term = work.removeLast();
      if (seen.add(term)) {
        work.addAll(org.rewlang.analysis.Terms.children(term));
      }
    }
    return ranges.graph().order().stream().filter(seen::contains).toList();
  }

  Ranges ranges() {
    return ranges;
  }

  CoreBuilder.Tables tables() {
    return tables;
  }

  /** The type of memory that holds such a value. */
  static Type type(org.rewlang.model.Type type) {
    return new Type(kind(type.base()), type.shape());
  }

  static Kind kind(Base base) {
    return switch (base) {
      case REAL, INT -> Kind.F64;
      case BOOL -> Kind.BOOL;
      case ENUM -> Kind.I32;
    };
  }

  /** Whether a term that isn't a scalar is computed once, into memory. */
  boolean isMemory(Term term) {
    return memory.holds(term);
  }

  Origin origin(Term term) {
    return origin(term.at());
  }

  Origin origin(org.rewlang.source.Location at) {
    Integer source = sourceIndex.get(at.source());
    Span span = at.span();
    return source == null ? Origin.NONE : new Origin(source, span.start(), span.end());
  }

  int port(InputVar input) {
    Integer port = inputs.get(input);
    if (port == null) {
      throw new IllegalStateException("no input " + input.name());
    }
    return port;
  }

  int port(ParamVar param) {
    Integer port = params.get(param);
    if (port == null) {
      throw new IllegalStateException("no parameter " + param.name());
    }
    return port;
  }

  /** A constant array; equal ones are one. An enum's undefined element is -1, as everywhere. */
  int table(org.rewlang.model.Type type, List<Double> numbers) {
    Type memoryType = type(type);
    boolean whole = memoryType.kind() == Kind.I32;
    List<Double> values = whole ? numbers.stream().map(v -> v.isNaN() ? -1 : v).toList() : numbers;
    for (int i = 0; i < tables.tables().size(); i++) {
      TableInfo table = tables.tables().get(i);
      if (table.type().equals(memoryType) && table.values().equals(values)) {
        return i;
      }
    }
    int index = tables.tables().size();
    tables.tables().add(new TableInfo("table" + index, memoryType, values));
    return index;
  }

  /** A new slot, its name made unique. */
  int slot(String name, Type type, List<Double> initial) {
    tables.slots().add(new SlotInfo(stateName(name), type, initial));
    return tables.slots().size() - 1;
  }

  String stateName(String name) {
    String unique = name;
    for (int n = 2; !stateNames.add(unique); n++) {
      unique = name + "." + n;
    }
    return unique;
  }
}
