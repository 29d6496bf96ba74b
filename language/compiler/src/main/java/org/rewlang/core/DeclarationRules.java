package org.rewlang.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.rewlang.core.CoreValidator.Rule;

/** Whether what a program declares is well formed. */
final class DeclarationRules {

  private final CoreProgram program;
  private final Problems problems;

  DeclarationRules(CoreProgram program, Problems problems) {
    this.program = program;
    this.problems = problems;
  }

  /** Checks all of them. */
  void check() {
    unique(program.inputs(), Port::name, "inputs");
    unique(program.params(), Port::name, "parameters");
    unique(program.slots(), SlotInfo::name, "slots");
    unique(program.histories(), HistoryInfo::name, "histories");
    unique(program.tables(), TableInfo::name, "tables");
    unique(program.outputs(), o -> o.role().text() + " " + o.name(), "outputs");
    for (Port input : program.inputs()) {
      shape(input.name(), input.type());
      if (!input.initial().isEmpty()) {
        problems.report(Rule.VALUES, "input `" + input.name() + "` has a value");
      }
    }
    program.params().forEach(p -> values(p.name(), p.type(), p.initial(), false));
    program.slots().forEach(s -> values(s.name(), s.type(), s.initial(), true));
    program.tables().forEach(t -> values(t.name(), t.type(), t.values(), false));
    for (TableInfo table : program.tables()) {
      if (table.type().isScalar()) {
        problems.report(Rule.TYPES, "table `" + table.name() + "` is a scalar");
      }
    }
    for (HistoryInfo history : program.histories()) {
      shape(history.name(), history.type());
      if (history.length() < 1) {
        problems.report(
            Rule.COUNTS, "history `" + history.name() + "` of length " + history.length());
      }
    }
    program.outputs().forEach(o -> shape(o.name(), o.type()));
    for (int id = 0; id < program.types().size(); id++) {
      shape("%" + id, program.type(id));
    }
  }

  private <T> void unique(List<T> declared, Function<T, String> nameOf, String what) {
    Set<String> names = new HashSet<>();
    for (T one : declared) {
      if (!names.add(nameOf.apply(one))) {
        problems.report(Rule.NAMES, "two " + what + " have the name `" + nameOf.apply(one) + "`");
      }
    }
  }

  private boolean shape(String name, Type type) {
    long size = 1;
    for (int n : type.shape()) {
      if (n < 1) {
        problems.report(Rule.COUNTS, "`" + name + "` is " + type);
        return false;
      }
      size = Math.min(size * n, Integer.MAX_VALUE);
    }
    if (size > Limits.DEFAULT.elements()) {
      problems.report(Rule.LIMITS, "`" + name + "` has " + size + " elements");
      return false;
    }
    return true;
  }

  private void values(String name, Type type, List<Double> values, boolean mayRepeat) {
    if (!shape(name, type)) {
      return;
    }
    if (values.size() != type.size() && !(mayRepeat && values.size() == 1)) {
      problems.report(
          Rule.VALUES, "`" + name + "` is " + type + " and has " + values.size() + " values");
    }
    for (double value : values) {
      boolean fits =
          switch (type.kind()) {
            case F64 -> true;
            case BOOL -> value == 0 || value == 1;
            case I32 -> (int) value == value;
          };
      if (!fits) {
        problems.report(Rule.VALUES, "`" + name + "` is " + type + ", not " + value);
      }
    }
  }
}
