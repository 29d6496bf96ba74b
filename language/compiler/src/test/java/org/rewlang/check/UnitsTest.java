package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units and literals; the expected numbers are worked out by hand or are the SI brochure's. */
class UnitsTest {

  private static Unit unit(String text) {
    Unit unit = UnitParser.parse(text, UnitTable::find);
    assertNotNull(unit, text);
    return unit;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m | m | 1",
        "cm | m | 0.01",
        "km/h | m/s | 0.2777777777777778",
        "g | kg | 0.001",
        "kg | kg | 1",
        "mg | kg | 1e-6",
        "N | kg*m/s^2 | 1",
        "N*m | kg*m^2/s^2 | 1",
        "kN/m^2 | kg/m/s^2 | 1000",
        "m/s^2 | m/s^2 | 1",
        "m/s/s | m/s^2 | 1",
        "1/m | 1/m | 1",
        "1/cm | 1/m | 100",
        "cm^3 | m^3 | 1e-6",
        "mL | m^3 | 1e-6",
        "deg | rad | 0.017453292519943295",
        "rpm | rad/s | 0.10471975511965978",
        "turn | rad | 6.283185307179586",
        "% |  | 0.01",
        "min | s | 60",
        "ms | s | 0.001",
        "kWh | kg*m^2/s^2 | 3600000",
        "inch | m | 0.0254",
        "J/(kg*K) | m^2/K/s^2 | 1",
        "kg*m^2/(s^3*A) | kg*m^2/A/s^3 | 1",
        "m^-2 | 1/m^2 | 1",
        "cd | cd | 1",
        "uV | kg*m^2/A/s^3 | 1e-6",
      })
  void whatAUnitIs(String text, String dimension, double factor) {
    assertEquals(dimension == null ? "" : dimension, unit(text).dimension().toString());
    assertEquals(factor, unit(text).factor().toDouble());
  }

  @ParameterizedTest
  @CsvSource({"parsec", "m/", "m s", "^2", "m^", "2m", "m^999", "(m", "kkg", "cinch", "''"})
  void whatNoUnitIs(String text) {
    assertNull(UnitParser.parse(text, UnitTable::find), text);
  }

  /** What {@code n cm} means is the double nearest to n hundredths, as Java reads it in decimal. */
  @Test
  void literalsAreConvertedInDecimal() {
    Factor cm = unit("cm").factor();
    int different = 0;
    for (int n = 1; n <= 1000; n++) {
      double literal = cm.times(String.valueOf(n));
      assertEquals(Double.parseDouble(n + "e-2"), literal);
      assertEquals(n / 100.0, literal);
      different += n * 0.01 == literal ? 0 : 1;
    }
    assertEquals(129, different);
  }

  /** Java reads decimals as the double nearest to them, too, by other means. */
  @Test
  void numbersAreTheNearestDouble() {
    Random random = new Random(1);
    for (int n = 0; n < 20_000; n++) {
      String text =
          new BigInteger(1 + random.nextInt(120), random)
              + "."
              + random.nextInt(1000)
              + "e"
              + (random.nextInt(700) - 380);
      double nearest = Double.parseDouble(text);
      if (Double.isFinite(nearest)) {
        assertEquals(nearest, Factor.of(text).toDouble(), text);
        assertEquals(nearest, Factor.ONE.times(text), text);
      }
    }
    // Halfway between two doubles: the even one. The least double, half of it, and a bit more.
    assertEquals(0x1p53, Factor.of("9007199254740993").toDouble());
    assertEquals(0x1p53 + 4, Factor.of("9_007_199_254_740_995").toDouble());
    assertEquals(Double.MIN_VALUE, Factor.of("4.9e-324").toDouble());
    assertEquals(0.0, Factor.of("2.4e-324").toDouble());
    assertEquals(Double.MIN_VALUE, Factor.of("2.5E-324").toDouble());
  }

  @Test
  void anglesHaveMoreDigitsThanADouble() {
    // pi / 3 is 1.04719755119659774615...; 60 * (pi / 180) in doubles is the one below.
    assertEquals(1.0471975511965979, unit("deg").factor().times("60"));
    assertEquals(Math.PI, unit("deg").factor().times("180"));
    assertEquals(Math.PI / 2, unit("deg").factor().times("90"));
  }

  /** An input in cm is divided by 100; times 0.01 would be another number in one case of eight. */
  @Test
  void inputsAreConvertedWithOneRounding() {
    Checked checked =
        Checks.check(
            "inputs { a: real<cm> b: real<km> c: real<deg> d: real<m> }\n"
                + "let x = a + b + c / 1 rad * d + d\n"
                + "reward = x as m");
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    String terms = checked.model().definitions().getFirst().value().toString();
    assertEquals(
        1, terms.split("op=DIVIDE, operands=\\[Input\\[input=InputVar\\[name=a", -1).length - 1);
    assertEquals(
        1, terms.split("op=MULTIPLY, operands=\\[Input\\[input=InputVar\\[name=b", -1).length - 1);
    assertEquals(
        1, terms.split("op=MULTIPLY, operands=\\[Input\\[input=InputVar\\[name=c", -1).length - 1);
    assertEquals(
        0,
        terms.split("operands=\\[Input\\[input=InputVar\\[name=d[^\\]]*\\][^\\]]*\\], Const", -1)
                .length
            - 1);
  }

  @Test
  void aZeroFitsAnyUnitAndOtherNumbersDoNot() {
    String inputs = "inputs { d: real<m> }\n";
    assertEquals(java.util.List.of(), Checks.codes(inputs + "reward = 1 if d > 0 else 0"));
    assertEquals(java.util.List.of(), Checks.codes(inputs + "reward = 1 if d > -0.0 else 0"));
    assertEquals(java.util.List.of("RW0212"), Checks.codes(inputs + "reward = 1 if d > 1 else 0"));
    assertEquals(
        java.util.List.of("RW0212"),
        Checks.codes(inputs + "let zero = 0\nreward = 1 if d > zero else 0"));
  }

  @Test
  void defaultsKeepTheUnitTheyAreWrittenIn() {
    Checked checked =
        Checks.check(
            "param r = 5 cm in 0..50\n"
                + "param q: real<m> = 7 cm\n"
                + "param p = [1, -2] km\n"
                + "reward = (r + q + p.x) as m");
    var params = checked.model().params();
    assertEquals("cm", params.get(0).unit());
    assertEquals(java.util.List.of(5.0), params.get(0).initial());
    assertEquals(50.0, params.get(0).range().high());
    assertEquals(java.util.List.of(0.07), params.get(1).initial());
    assertEquals("m", params.get(1).unit());
    assertEquals(java.util.List.of(1.0, -2.0), params.get(2).initial());
  }

  @Test
  void termsOfEqualUnitsAreTheSame() {
    assertEquals(unit("m/s/s"), unit("m/s^2"));
    assertNotEquals(unit("m/s"), unit("s/m"));
    assertEquals(Unit.PLAIN, unit("m/m"));
  }
}
