package org.rewlang.truffle;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;

/** Hands out slots of a Truffle frame, each for one value of one kind. */
final class Locals {

  private int count;

  int allocate() {
    return count++;
  }

  FrameDescriptor descriptor() {
    FrameDescriptor.Builder builder = FrameDescriptor.newBuilder(count);
    if (count > 0) {
      builder.addSlots(count, FrameSlotKind.Static);
    }
    return builder.build();
  }
}
