package org.rewlang.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of finite doubles that is exact until it is read, and then rounded once: it depends neither
 * on the order of its terms nor on how they were divided among threads.
 *
 * <p>A fixed-point number of 2200 bits in 32-bit digits, held in longs so that carries can wait.
 */
public final class ExactSum {

  /** The lowest bit of digit 0 is worth 2^-1088, below the least subnormal. */
  private static final int LOW = -1088;

  private static final int DIGITS = 69;

  /** Each addition moves a digit by less than 2^32, so this many leave room in a long. */
  private static final int ROOM = 1 << 30;

  private final long[] digits = new long[DIGITS];
  private int pending;

  /** Adds a finite number. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    if (exponent == 0x7ff) {
      throw new IllegalArgumentException("not finite: " + value);
    }
    long mantissa = bits & 0xfffffffffffffL;
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 1L << 52;
    }
    if (mantissa == 0) {
      return;
    }
    int shift = exponent - 1075 - LOW;
    int digit = shift >> 5;
    int within = shift & 31;
    // 53 bits at an offset of up to 31 cover at most three digits.
    long low = (mantissa & 0xffffffffL) << within;
    long high = (mantissa >>> 32) << within;
    long first = low & 0xffffffffL;
    long second = (low >>> 32) + (high & 0xffffffffL);
    long third = high >>> 32;
    if (bits < 0) {
      digits[digit] -= first;
      digits[digit + 1] -= second;
      digits[digit + 2] -= third;
    } else {
      digits[digit] += first;
      digits[digit + 1] += second;
      digits[digit + 2] += third;
    }
    if (++pending == ROOM) {
      carry();
    }
  }

  /** Adds all that another sum holds. */
  public void add(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += other.digits[i];
    }
    pending = 1;
  }

  /** Writes the sum down, for {@link #read}. */
  public void write(DataOutput out) throws IOException {
    carry();
    for (long digit : digits) {
      out.writeLong(digit);
    }
  }

  /** Adds a sum that was written down. */
  public void read(DataInput in) throws IOException {
    carry();
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += in.readLong();
    }
    pending = 1;
  }

  /** Back to nothing. */
  public void clear() {
    Arrays.fill(digits, 0);
    pending = 0;
  }

  /** Brings every digit but the last, which has the sign, to 0 up to 2^32. */
  private void carry() {
    for (int i = 0; i < DIGITS - 1; i++) {
      long carry = digits[i] >> 32;
      digits[i] -= carry << 32;
      digits[i + 1] += carry;
    }
    pending = 0;
  }

  /** The sum, rounded to nearest, ties to even. */
  public double value() {
    carry();
    BigInteger sum = BigInteger.valueOf(digits[DIGITS - 1]);
    for (int i = DIGITS - 2; i >= 0; i--) {
      sum = sum.shiftLeft(32).or(BigInteger.valueOf(digits[i]));
    }
    double magnitude = round(sum.abs());
    return sum.signum() < 0 ? -magnitude : magnitude;
  }

  private static double round(BigInteger magnitude) {
    int length = magnitude.bitLength();
    // Every term is a multiple of 2^-1074, so at or below 53 bits above that the sum is exact.
    int lowest = -1074 - LOW;
    if (length - lowest <= 53) {
      return Math.scalb(magnitude.shiftRight(lowest).doubleValue(), -1074);
    }
    int drop = Math.max(length - 64, 0);
    BigInteger top = magnitude.shiftRight(drop);
    if (drop > 0 && magnitude.getLowestSetBit() < drop) {
      // What was dropped may only break a tie.
      top = top.setBit(0);
    }
    return Math.scalb(top.doubleValue(), drop + LOW);
  }
}
