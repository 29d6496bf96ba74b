package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Output;
import org.rewlang.model.EnumType;
import org.rewlang.model.Strict;
import org.rewlang.syntax.Decl;

/** What a program consists of, in the order written, as its declarations are entered. */
final class Globals {

  /** A requirement, with the file whose names it reads. */
  record Required(Decl.Require decl, FileScope file) {}

  /** A result to be: the cell that gives it. */
  record Planned(Output.Role role, String name, Cell cell, boolean strict) {}

  final List<EnumType> enums;
  final List<Inputs.Joined> inputs;
  final List<Entity.Param> params;

  /** Of all files: what they demand of their inputs holds for these inputs. */
  final List<Required> requires;

  final List<Cell> cells = new ArrayList<>();
  final List<NamedFormula> formulas = new ArrayList<>();
  final List<MachineParts> machines = new ArrayList<>();
  final List<Entity.Function> functions = new ArrayList<>();
  final List<Planned> results = new ArrayList<>();
  final List<Decl.Property> properties = new ArrayList<>();
  final List<Decl.Test> tests = new ArrayList<>();

  /** What must wait until all names are entered. */
  final List<Runnable> later;

  /** Gates' conditions, by the cell that they stand at. */
  final Map<Cell, Strict> strict = new LinkedHashMap<>();

  boolean broken;

  Globals() {
    enums = new ArrayList<>();
    inputs = new ArrayList<>();
    params = new ArrayList<>();
    requires = new ArrayList<>();
    later = new ArrayList<>();
  }

  private Globals(Globals program) {
    enums = program.enums;
    inputs = program.inputs;
    params = program.params;
    requires = program.requires;
    later = program.later;
  }

  /**
   * Of a file that this program uses: its inputs, parameters and requirements join, its results
   * don't.
   */
  Globals used() {
    return new Globals(this);
  }
}
