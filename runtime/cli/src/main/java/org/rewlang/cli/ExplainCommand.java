package org.rewlang.cli;

import java.util.Arrays;
import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Explanations;
import org.rewlang.diagnostic.Spelling;

/** {@code rew explain}: the page of a diagnostic. */
final class ExplainCommand extends Command {

  private String id = "";

  @Override
  public Usage usage() {
    return Usage.of("explain", "Explains a diagnostic by its code.")
        .one("CODE", "Such as RW0201.", v -> id = v);
  }

  @Override
  public Answer run(Console console) {
    Code code = Code.find(id).orElseThrow(() -> new Failure(unknown()));
    String text =
        Explanations.text(code)
            .orElseGet(() -> "# " + code.summary().replaceAll("\\.$", "") + "\n");
    return Answer.of(List.of())
        .with(
            json -> {
              json.writeStringField("code", code.id());
              json.writeStringField("name", code.title());
              json.writeStringField("text", text);
            })
        .withText(code.id() + " (" + code.title() + ")\n\n" + text);
  }

  private Diagnostic unknown() {
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    Diagnostic.Builder problem =
        Diagnostic.of(Code.UNKNOWN_CODE, "no diagnostic has the code `" + id + "`").found(id);
    Spelling.closest(id, ids).ifPresent(near -> problem.hint("did you mean `" + near + "`?"));
    return problem.build();
  }
}
