package org.rewlang.bytecode;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.util.HashSet;
import java.util.Set;
import org.rewlang.code.Tables;

/**
 * How code comes by constants. A class has room for 65,535 of everything, so numbers beyond the
 * first are made or lie in the class's table.
 */
final class Constants {

  /** Different numbers of a kind that the class itself holds; a {@code double} takes two rooms. */
  private static final int ROOM = 10_000;

  private final Tables tables;
  private final Set<Long> numbers = new HashSet<>();
  private final Set<Integer> integers = new HashSet<>();

  Constants(Tables tables) {
    this.tables = tables;
  }

  /** What a constant array holds. */
  double at(int place) {
    return tables.at(place);
  }

  /** Puts the array of all constant arrays on the stack. */
  void tables(CodeBuilder code) {
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA,
            ConstantDescs.DEFAULT_NAME,
            ConstantDescs.CD_double.arrayType()));
  }

  void load(CodeBuilder code, double value) {
    if (isRoomFor(numbers, Double.doubleToRawLongBits(value))) {
      code.loadConstant(value);
    } else {
      tables(code);
      load(code, tables.add(value));
      code.daload();
    }
  }

  void load(CodeBuilder code, int value) {
    if (value == (short) value || isRoomFor(integers, value)) {
      code.loadConstant(value);
    } else {
      // The upper half, and the lower one as a character: without a sign.
      code.sipush(value >> 16).bipush(16).ishl().sipush((short) value).i2c().ior();
    }
  }

  private static <T> boolean isRoomFor(Set<T> known, T value) {
    return known.contains(value) || known.size() < ROOM && known.add(value);
  }
}
