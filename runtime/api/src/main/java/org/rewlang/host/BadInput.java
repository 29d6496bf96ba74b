package org.rewlang.host;

import java.util.List;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;

/** What is wrong with a number that a host gives. */
final class BadInput {

  private BadInput() {}

  /**
   * Why an input does not allow a number.
   *
   * @param name of the place, with what stands in front of the message
   */
  static Diagnostic of(InputInfo input, String name, double value) {
    String found = Numeral.of(value);
    if (!Double.isFinite(value)) {
      return declared(Diagnostic.of(Code.NOT_FINITE, name + " is " + found), input)
          .found(found)
          .build();
    }
    return switch (input.type().base()) {
      case BOOL ->
          declared(Diagnostic.of(Code.WRONG_TYPE, name + " is " + found + ", not a bool"), input)
              .found(found)
              .expected(List.of("0", "1"))
              .build();
      case ENUM ->
          declared(
                  Diagnostic.of(
                      Code.WRONG_TYPE,
                      name + " is " + found + ", the index of no `" + input.type() + "`"),
                  input)
              .found(found)
              .expected(input.members())
              .build();
      case INT, REAL -> {
        if (input.type().base() == Base.INT
            && (value != Math.rint(value) || Math.abs(value) > Bounds.WHOLE)) {
          yield declared(
                  Diagnostic.of(
                      Code.WRONG_TYPE,
                      name
                          + " is "
                          + found
                          + (Math.abs(value) > Bounds.WHOLE
                              ? ", beyond the whole numbers an `int` holds"
                              : ", not a whole number")),
                  input)
              .found(found)
              .build();
        }
        String range = InputLayout.range(input.low(), input.high(), input.unit());
        yield declared(
                Diagnostic.of(Code.OUT_OF_RANGE, name + " is " + found + ", outside " + range),
                input)
            .found(found)
            .expected(List.of(range))
            .build();
      }
    };
  }

  private static Diagnostic.Builder declared(Diagnostic.Builder diagnostic, InputInfo input) {
    return input.implicit()
        ? diagnostic
        : diagnostic.related(input.at().source(), input.at().span(), "declared here");
  }
}
