package org.rewlang.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a diagnostic is about. An id never changes its meaning and is never used again; each has a
 * page, the resource {@code RWnnnn.md} beside this class, that {@code rew explain} prints.
 *
 * <p>RW00 usage and files, RW01 syntax, RW02 checking, RW04 data and evaluation, RW09 limits and
 * internal errors.
 */
public enum Code {
  // Usage, files and hosts.
  UNREADABLE_FILE("RW0001", Severity.ERROR, Phase.READ, "A file can't be read."),
  UNWRITABLE_OUTPUT("RW0002", Severity.ERROR, Phase.READ, "An output can't be written."),
  BAD_USAGE("RW0003", Severity.ERROR, Phase.USAGE, "The command line is wrong."),
  NOT_UTF8("RW0004", Severity.ERROR, Phase.READ, "A program's text isn't UTF-8."),
  UNKNOWN_ENGINE(
      "RW0005", Severity.ERROR, Phase.USAGE, "No engine has this name, or it can't run here."),
  UNKNOWN_CODE("RW0006", Severity.ERROR, Phase.USAGE, "No diagnostic has this code."),
  NO_JAVA("RW0007", Severity.ERROR, Phase.USAGE, "No JDK 25 was found to run on."),
  NOT_BUILT("RW0008", Severity.ERROR, Phase.USAGE, "Rew could not be built on first use."),
  NOT_FORMATTED("RW0009", Severity.ERROR, Phase.PARSE, "A program isn't formatted."),
  BAD_IMPORT("RW0010", Severity.ERROR, Phase.READ, "A file of another tool can't be brought in."),
  STRANGE_IMPORT(
      "RW0011",
      Severity.WARNING,
      Phase.READ,
      "A file of another tool says what is easily overlooked."),
  NOT_RESUMABLE(
      "RW0012",
      Severity.ERROR,
      Phase.USAGE,
      "A run can't go on where another one stood, which was begun with something else."),

  // Syntax.
  UNEXPECTED(
      "RW0100",
      Severity.ERROR,
      Phase.PARSE,
      "Something stands where the language has no place for it."),
  UNCLOSED("RW0101", Severity.ERROR, Phase.PARSE, "A bracket or brace is never closed."),
  UNOPENED("RW0102", Severity.ERROR, Phase.PARSE, "A closing bracket or brace closes nothing."),
  UNTERMINATED_TEXT("RW0103", Severity.ERROR, Phase.PARSE, "A text has no closing quote."),
  UNKNOWN_CHARACTER(
      "RW0104", Severity.ERROR, Phase.PARSE, "A character is no part of the language."),
  BAD_NUMBER("RW0105", Severity.ERROR, Phase.PARSE, "A number ends with a point."),
  FOREIGN_COMMENT(
      "RW0106", Severity.ERROR, Phase.PARSE, "A comment is written as in another language."),
  FOREIGN_OPERATOR(
      "RW0107", Severity.ERROR, Phase.PARSE, "An operator is written as in another language."),
  INTEGER_OPERATOR(
      "RW0108",
      Severity.ERROR,
      Phase.PARSE,
      "There is no operator for remainders or whole quotients."),
  PYTHON_WORD("RW0109", Severity.ERROR, Phase.PARSE, "A constant is written as in Python."),
  PYTHON_STATEMENT(
      "RW0110", Severity.ERROR, Phase.PARSE, "A statement stands where declarations belong."),
  LIBRARY_PREFIX(
      "RW0111", Severity.ERROR, Phase.PARSE, "A name carries the prefix of a Python module."),
  ASSIGN_IN_EXPRESSION("RW0112", Severity.ERROR, Phase.PARSE, "`=` stands where `==` is meant."),
  RESERVED_NAME("RW0113", Severity.ERROR, Phase.PARSE, "A reserved word is used as a name."),
  MISSING_COMMA("RW0114", Severity.ERROR, Phase.PARSE, "A comma is missing."),
  MISSING_OPERATOR(
      "RW0115", Severity.ERROR, Phase.PARSE, "An operator is missing between two values."),
  MISSING_PART("RW0116", Severity.ERROR, Phase.PARSE, "A declaration lacks its `=` or its body."),
  NO_VALUE("RW0117", Severity.ERROR, Phase.PARSE, "A value is missing."),
  UNIT_PLACE("RW0118", Severity.ERROR, Phase.PARSE, "A unit stands where none can."),
  UNIT_AFTER_AS(
      "RW0119", Severity.ERROR, Phase.PARSE, "A compound unit after `as` needs angle brackets."),
  POWER_OF_UNIT(
      "RW0120",
      Severity.ERROR,
      Phase.PARSE,
      "A quantity is raised to a power without parentheses."),
  COALESCE_OPERAND(
      "RW0121", Severity.ERROR, Phase.PARSE, "The right side of `??` is more than one operand."),
  CHAIN_DIRECTION(
      "RW0122", Severity.ERROR, Phase.PARSE, "A chained comparison changes its direction."),
  RANGE_PLACE("RW0123", Severity.ERROR, Phase.PARSE, "A range stands where none can."),
  WINDOW_PLACE("RW0124", Severity.ERROR, Phase.PARSE, "A time window is written wrongly."),
  GATE_PLACE("RW0125", Severity.ERROR, Phase.PARSE, "A gate stands where none can."),
  NOT_A_DECLARATION(
      "RW0126", Severity.ERROR, Phase.PARSE, "A line begins with no word that declares something."),
  BAD_FORMULA("RW0127", Severity.ERROR, Phase.PARSE, "The text of a formula can't be read."),
  BAD_CORE("RW0190", Severity.ERROR, Phase.PARSE, "The text of a core program is wrong."),

  // Names.
  NOT_SUPPORTED_YET(
      "RW0200",
      Severity.ERROR,
      Phase.CHECK,
      "The language has this, this version gives it no meaning yet."),
  UNKNOWN_NAME("RW0201", Severity.ERROR, Phase.CHECK, "A name stands for nothing."),
  DUPLICATE_NAME("RW0202", Severity.ERROR, Phase.CHECK, "Two declarations share a name."),
  CYCLE("RW0203", Severity.ERROR, Phase.CHECK, "A value depends on itself within one step."),
  UNUSED("RW0204", Severity.WARNING, Phase.CHECK, "A declaration is never used."),
  RECURSION("RW0205", Severity.ERROR, Phase.CHECK, "A function calls itself."),
  UNKNOWN_MEMBER(
      "RW0206",
      Severity.ERROR,
      Phase.CHECK,
      "A value, enum, block or file has no part of this name."),
  WRONG_KIND(
      "RW0207",
      Severity.ERROR,
      Phase.CHECK,
      "A function stands where a value is needed, or a value is called."),
  USE_NOT_FOUND("RW0208", Severity.ERROR, Phase.CHECK, "A used file is not there."),
  USE_CYCLE("RW0209", Severity.ERROR, Phase.CHECK, "Files use each other in a circle."),

  // Types, shapes and units.
  TYPE_MISMATCH(
      "RW0210", Severity.ERROR, Phase.CHECK, "A value has another type than its place needs."),
  SHAPE_MISMATCH(
      "RW0211",
      Severity.ERROR,
      Phase.CHECK,
      "The shapes of two values, or of a value and its place, do not fit."),
  UNIT_MISMATCH(
      "RW0212",
      Severity.ERROR,
      Phase.CHECK,
      "The units of two values, or of a value and its place, differ."),
  BOOL_AS_NUMBER("RW0213", Severity.ERROR, Phase.CHECK, "A bool stands where a number is needed."),
  UNKNOWN_UNIT("RW0214", Severity.ERROR, Phase.CHECK, "No unit has this name."),
  NOT_CONSTANT(
      "RW0215",
      Severity.ERROR,
      Phase.CHECK,
      "A place needs a value that is known before the first step."),
  INDEX_RANGE(
      "RW0216",
      Severity.ERROR,
      Phase.CHECK,
      "A position, length or axis lies outside what there is."),
  BAD_RANGE(
      "RW0217",
      Severity.ERROR,
      Phase.CHECK,
      "A declared range is empty, out of place, or leaves out the default."),
  ARGUMENTS(
      "RW0218",
      Severity.ERROR,
      Phase.CHECK,
      "A call gives too many, too few or unknown arguments."),
  CALL_BODY(
      "RW0219",
      Severity.ERROR,
      Phase.CHECK,
      "A function has no meaning for the types it is called with."),
  CANNOT_INFER(
      "RW0220", Severity.ERROR, Phase.CHECK, "A type can not be found and has to be declared."),
  MISPLACED(
      "RW0221",
      Severity.ERROR,
      Phase.CHECK,
      "A generator, range or `over` stands where it has no meaning."),
  ARGUMENT_DOMAIN(
      "RW0222",
      Severity.ERROR,
      Phase.CHECK,
      "An argument lies outside what its function is defined for."),

  // What is paid.
  COMPONENT_UNIT("RW0230", Severity.ERROR, Phase.CHECK, "A component of a reward has a unit."),
  OVERRIDE_GATE("RW0231", Severity.ERROR, Phase.CHECK, "An override has no gate."),
  UNREACHABLE_STAGE("RW0232", Severity.ERROR, Phase.CHECK, "A stage comes after `otherwise`."),
  AGENTS("RW0233", Severity.ERROR, Phase.CHECK, "It isn't said which agent's value is meant."),
  BAD_MACHINE(
      "RW0234", Severity.ERROR, Phase.CHECK, "The rules of a machine contradict each other."),
  BAD_SHAPE(
      "RW0235", Severity.ERROR, Phase.CHECK, "A shape is no potential, or has no reward to join."),

  // Time.
  FIRST_STEP(
      "RW0240",
      Severity.ERROR,
      Phase.CHECK,
      "A value of the step before has no value on the first step."),
  WHOLE_STEPS("RW0241", Severity.ERROR, Phase.CHECK, "A duration is no whole number of steps."),
  NO_STEP_LENGTH(
      "RW0242",
      Severity.ERROR,
      Phase.CHECK,
      "Time is asked for, and the program does not say how long a step lasts."),
  STATE_IN_FILTER(
      "RW0243",
      Severity.ERROR,
      Phase.CHECK,
      "A value with a past stands where elements come and go."),
  FORMULA_AS_VALUE(
      "RW0244",
      Severity.ERROR,
      Phase.CHECK,
      "A formula about the whole episode stands where a value of the step is needed."),
  ROBUSTNESS(
      "RW0245", Severity.ERROR, Phase.CHECK, "The robustness of a formula can't be kept online."),

  // Tests.
  INCOMPLETE_STEP(
      "RW0250", Severity.ERROR, Phase.CHECK, "A step of a test leaves inputs without a value."),

  // Facts that are probably mistakes.
  FLOAT_EQUALITY("RW0260", Severity.WARNING, Phase.CHECK, "Reals are compared with a bare `==`."),
  POSSIBLY_UNDEFINED(
      "RW0261",
      Severity.WARNING,
      Phase.LOWER,
      "A result can be undefined, and then the step fails."),
  CONSTANT_CONDITION(
      "RW0262", Severity.WARNING, Phase.LOWER, "A condition is always true, or always false."),
  NEVER_PAID("RW0263", Severity.WARNING, Phase.LOWER, "A component is 0 in every step."),
  REWARD_FLOODING(
      "RW0264", Severity.WARNING, Phase.LOWER, "A constant is paid again at every step."),
  POSITION_AS_DIRECTION(
      "RW0265", Severity.WARNING, Phase.CHECK, "Two positions are compared as directions."),
  NEEDLESS_ALLOW(
      "RW0266", Severity.WARNING, Phase.LOWER, "A comment allows a warning that isn't given."),

  // Machines that are probably mistaken.
  OVERLAPPING_EDGES(
      "RW0270",
      Severity.WARNING,
      Phase.LOWER,
      "Two edges of a machine can fire in one step, and do different things."),
  UNCOVERED_LETTER(
      "RW0271",
      Severity.NOTE,
      Phase.LOWER,
      "A machine that says where it stays otherwise leaves a case open."),
  UNREACHABLE_STATE(
      "RW0272",
      Severity.WARNING,
      Phase.LOWER,
      "A machine never gets to a state, or an edge never fires."),
  DEAD_STATE(
      "RW0273", Severity.WARNING, Phase.LOWER, "No way leads from a state to a machine's end."),
  PAYING_LOOP(
      "RW0274",
      Severity.WARNING,
      Phase.LOWER,
      "A machine pays for going round rather than for ending."),
  EARLY_END(
      "RW0275", Severity.WARNING, Phase.LOWER, "The soonest end of a machine is the best one."),
  SHAPING("RW0276", Severity.WARNING, Phase.LOWER, "Shaping changes which policies are best."),

  // Formulas that are probably mistaken.
  CONSTANT_FORMULA(
      "RW0277", Severity.WARNING, Phase.LOWER, "All episodes satisfy a formula, or none does."),
  LAST_STEP_FORMULA(
      "RW0278", Severity.WARNING, Phase.LOWER, "A formula says something of the last step only."),
  UNTRIGGERED_FORMULA(
      "RW0279", Severity.WARNING, Phase.LOWER, "What a formula waits for can't happen."),
  IDLE_CONDITION(
      "RW0280", Severity.WARNING, Phase.LOWER, "A condition makes no difference to a formula."),
  STRONG_NEXT(
      "RW0281", Severity.WARNING, Phase.LOWER, "A formula fails where an episode ends too soon."),
  UNDECIDED_FORMULA(
      "RW0282", Severity.NOTE, Phase.LOWER, "Nothing decides a formula before the end."),

  // Binding, data and evaluation.
  MISSING_COLUMN("RW0401", Severity.ERROR, Phase.DATA, "The data has no column for an input."),
  BAD_DATA(
      "RW0402", Severity.ERROR, Phase.DATA, "A data file is damaged or isn't what its name says."),
  WRONG_TYPE("RW0403", Severity.ERROR, Phase.DATA, "A value isn't of its input's type."),
  OUT_OF_RANGE(
      "RW0404", Severity.ERROR, Phase.DATA, "A value lies outside its input's declared range."),
  NOT_FINITE("RW0405", Severity.ERROR, Phase.DATA, "A value is NaN or infinite."),
  WRONG_LENGTH("RW0406", Severity.ERROR, Phase.DATA, "A value has another shape than its input."),
  MISSING_VALUE("RW0407", Severity.ERROR, Phase.DATA, "A value is missing in one row."),
  RETURNING_EPISODE("RW0408", Severity.ERROR, Phase.DATA, "An episode comes back after it ended."),
  MISPLACED_RESET(
      "RW0409", Severity.ERROR, Phase.DATA, "A reset observation stands inside an episode."),
  NEEDS_RESET(
      "RW0410", Severity.ERROR, Phase.BIND, "The program needs a reset observation and gets none."),
  NO_ROWS("RW0411", Severity.ERROR, Phase.DATA, "The data has no rows."),
  DUPLICATE_COLUMN("RW0412", Severity.ERROR, Phase.DATA, "An input is given twice."),
  BAD_PARAMETER("RW0413", Severity.ERROR, Phase.BIND, "A parameter can't be set to this value."),
  BAD_BINDING(
      "RW0414", Severity.ERROR, Phase.BIND, "What a host supplies doesn't fit a program's inputs."),
  BAD_QUERY("RW0415", Severity.ERROR, Phase.DATA, "An SQL query over data failed."),
  FAILED_EVALUATION("RW0420", Severity.ERROR, Phase.RUN, "An undefined number reached a result."),
  REQUIREMENT_FAILED(
      "RW0421", Severity.ERROR, Phase.RUN, "The data breaks a `require` of the program."),
  TABLE_FULL("RW0422", Severity.ERROR, Phase.RUN, "A bounded table is full."),
  TEST_FAILED("RW0430", Severity.ERROR, Phase.RUN, "A test of a program does not hold."),
  PROPERTY_FAILED("RW0431", Severity.ERROR, Phase.RUN, "A property of a program does not hold."),
  NOT_EQUIVALENT("RW0432", Severity.ERROR, Phase.RUN, "Two machines or formulas are not the same."),

  // Limits and our own faults.
  TOO_LARGE("RW0900", Severity.ERROR, Phase.READ, "A program's text is too large."),
  TOO_DEEP("RW0901", Severity.ERROR, Phase.PARSE, "Something is nested too deeply."),
  TOO_MANY_OPERATIONS(
      "RW0902",
      Severity.ERROR,
      Phase.CHECK,
      "The functions that a program calls are too large once written out."),
  TOO_COSTLY(
      "RW0903", Severity.ERROR, Phase.LOWER, "A step of a program, or its state, exceeds a limit."),
  AUTOMATON_LIMIT("RW0904", Severity.ERROR, Phase.CHECK, "An automaton exceeds a limit."),
  ENGINE_FAULT(
      "RW0998", Severity.ERROR, Phase.INTERNAL, "A device computed other numbers than the CPU."),
  INTERNAL_ERROR("RW0999", Severity.ERROR, Phase.INTERNAL, "Rew itself failed.");

  private final String id;
  private final Severity severity;
  private final Phase phase;
  private final String summary;

  Code(String id, Severity severity, Phase phase, String summary) {
    this.id = id;
    this.severity = severity;
    this.phase = phase;
    this.summary = summary;
  }

  /** As people and scripts cite it: {@code RW0201}. */
  public String id() {
    return id;
  }

  /** A name for people: {@code unknown-name}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Severity severity() {
    return severity;
  }

  public Phase phase() {
    return phase;
  }

  /** One sentence. */
  public String summary() {
    return summary;
  }

  /** The code called {@code id}, in any case. */
  public static Optional<Code> find(String id) {
    String wanted = id.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(c -> c.id.equals(wanted)).findFirst();
  }
}
