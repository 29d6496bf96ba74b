package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * What a command is called and what it takes, with the place where each argument goes. It is told
 * to picocli in calls: reading annotations took half of every start.
 */
public final class Usage {

  /** An argument, and what is done with its value where it was given. */
  private record Place(ArgSpec argument, Consumer<Object> set) {}

  private final CommandSpec spec = CommandSpec.create();
  private final List<Place> places = new ArrayList<>();
  private ScopeType scope = ScopeType.LOCAL;

  private Usage(String name, String description) {
    spec.name(name);
    spec.usageMessage().description(description).sortOptions(false).width(100);
  }

  /** Of a command that takes nothing yet. */
  public static Usage of(String name, String description) {
    return new Usage(name, description);
  }

  /** Takes one more word. */
  public Usage one(String label, String description, Consumer<String> set) {
    return parameter(label, "1", String.class, v -> set.accept((String) v), description);
  }

  /** Takes one more word, if there is one. */
  public Usage optional(String label, String description, Consumer<String> set) {
    return parameter(label, "0..1", String.class, v -> set.accept((String) v), description);
  }

  /** Takes all the words that are left, at least one. */
  public Usage many(String label, String description, Consumer<String> add) {
    return parameter(label, "1..*", List.class, v -> texts(v).forEach(add), description);
  }

  private Usage parameter(
      String label, String arity, Class<?> type, Consumer<Object> set, String description) {
    PositionalParamSpec parameter =
        PositionalParamSpec.builder()
            .index(spec.positionalParameters().size() + (type == List.class ? "..*" : ""))
            .arity(arity)
            .required(!arity.startsWith("0"))
            .paramLabel(label)
            .type(type)
            .auxiliaryTypes(String.class)
            .description(description)
            .build();
    spec.addPositional(parameter);
    places.add(new Place(parameter, set));
    return this;
  }

  public Usage flag(String option, String description, Runnable set) {
    return flag(List.of(option), description, set);
  }

  Usage flag(List<String> names, String description, Runnable set) {
    return add(named(names, description).arity("0").type(boolean.class), v -> set.run());
  }

  public Usage option(String option, String label, String description, Consumer<String> set) {
    return add(text(option, label, description), v -> set.accept((String) v));
  }

  public Usage required(String option, String label, String description, Consumer<String> set) {
    return add(text(option, label, description).required(true), v -> set.accept((String) v));
  }

  public Usage repeatable(String option, String label, String description, Consumer<String> add) {
    return add(
        named(List.of(option), description)
            .arity("1")
            .paramLabel(label)
            .type(List.class)
            .auxiliaryTypes(String.class),
        v -> texts(v).forEach(add));
  }

  public Usage whole(String option, String label, String description, IntConsumer set) {
    return add(
        text(option, label, description).type(int.class),
        v -> set.accept(((Integer) v).intValue()));
  }

  /** An option whose value is one of these words, in small letters or not; it is given in small. */
  public Usage choice(String option, List<String> words, String description, Consumer<String> set) {
    return add(
        text(option, String.join("|", words), description),
        v -> set.accept(chosen(option, words, ((String) v).toLowerCase(Locale.ROOT))));
  }

  private static String chosen(String option, List<String> words, String word) {
    if (!words.contains(word)) {
      String others = String.join(", ", words.subList(0, words.size() - 1));
      throw new Failure(
          Diagnostic.of(
                  Code.BAD_USAGE,
                  "`"
                      + option
                      + "` is "
                      + others
                      + " or "
                      + words.getLast()
                      + ", not `"
                      + word
                      + "`")
              .found(word)
              .expected(words)
              .build());
    }
    return word;
  }

  /** Whether the options that follow may stand behind the names of subcommands too. */
  Usage everywhere(boolean allowed) {
    scope = allowed ? ScopeType.INHERIT : ScopeType.LOCAL;
    return this;
  }

  /** Lines at the end of its help. */
  Usage closing(String... lines) {
    spec.usageMessage().synopsisSubcommandLabel("COMMAND").footerHeading("%n").footer(lines);
    return this;
  }

  private static OptionSpec.Builder text(String option, String label, String description) {
    return named(List.of(option), description).arity("1").paramLabel(label).type(String.class);
  }

  private static OptionSpec.Builder named(List<String> names, String description) {
    OptionSpec.Builder option = OptionSpec.builder(names.toArray(String[]::new));
    // Whoever asks for help or the version needs nothing else on the line.
    return option
        .description(description)
        .usageHelp(names.contains("--help"))
        .versionHelp(names.contains("--version"));
  }

  private Usage add(OptionSpec.Builder option, Consumer<Object> set) {
    OptionSpec built = option.scopeType(scope).build();
    spec.addOption(built);
    places.add(new Place(built, set));
    return this;
  }

  @SuppressWarnings("unchecked") // auxiliaryTypes said so.
  private static List<String> texts(Object value) {
    return List.copyOf((List<String>) value);
  }

  CommandSpec spec() {
    return spec;
  }

  /** Puts what was given where it goes. After parsing. */
  void assign() {
    for (Place place : places) {
      Object value = place.argument().getValue();
      if (value != null && !Boolean.FALSE.equals(value)) {
        place.set().accept(value);
      }
    }
  }
}
