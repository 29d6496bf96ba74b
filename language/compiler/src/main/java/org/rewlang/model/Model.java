package org.rewlang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/**
 * A checked program.
 *
 * @param sources its file, then those it uses and those of the library it draws on
 * @param stepSeconds how long a step lasts, or null if it does not say
 * @param inputs arrays, those of structured inputs included
 * @param structured which of the inputs belong together
 * @param params arrays, those of structured parameters included
 * @param structuredParams which of the parameters belong together
 * @param definitions lets and events, in the order written
 * @param machines in the order written, then those of the files it uses
 * @param formulas in the order written, then those of the files it uses
 * @param watches those of the program itself that have verdicts
 * @param shapings in the order written
 * @param results in the order in which they are output: total, components, outcomes, metrics, costs
 * @param strict what else must be defined
 */
public record Model(
    String name,
    @Nullable String doc,
    List<Source> sources,
    @Nullable Double stepSeconds,
    List<EnumType> enums,
    List<InputVar> inputs,
    List<Structured<InputVar>> structured,
    List<ParamVar> params,
    List<Structured<ParamVar>> structuredParams,
    List<Definition> definitions,
    List<Machine> machines,
    List<DeclaredFormula> formulas,
    List<Watch> watches,
    List<Shaping> shapings,
    List<Result> results,
    List<Strict> strict,
    List<Requirement> requirements,
    List<TestCase> tests,
    List<PropertyCase> properties) {

  public Model {
    sources = List.copyOf(sources);
    enums = List.copyOf(enums);
    inputs = List.copyOf(inputs);
    structured = List.copyOf(structured);
    params = List.copyOf(params);
    structuredParams = List.copyOf(structuredParams);
    definitions = List.copyOf(definitions);
    machines = List.copyOf(machines);
    formulas = List.copyOf(formulas);
    watches = List.copyOf(watches);
    shapings = List.copyOf(shapings);
    results = List.copyOf(results);
    strict = List.copyOf(strict);
    requirements = List.copyOf(requirements);
    tests = List.copyOf(tests);
    properties = List.copyOf(properties);
  }
}
