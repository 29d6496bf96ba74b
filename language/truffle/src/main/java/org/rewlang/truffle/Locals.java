package org.rewlang.truffle;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;

/** Slots of a Truffle frame, each for one value of one kind. */
final class Locals {

  private Locals() {}

  static FrameDescriptor descriptor(int count) {
    FrameDescriptor.Builder builder = FrameDescriptor.newBuilder(count);
    if (count > 0) {
      builder.addSlots(count, FrameSlotKind.Static);
    }
    return builder.build();
  }
}
