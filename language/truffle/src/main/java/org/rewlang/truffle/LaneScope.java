package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.Type;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** What a step works on, by name, for people to look at. */
final class LaneScope {

  private LaneScope() {}

  /**
   * @param argument of a root: the lane
   */
  @TruffleBoundary
  static Object of(CoreProgram program, Object argument) {
    Frame lane = (Frame) argument;
    Layout layout = new Layout(program);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      Type type = program.inputs().get(i).type();
      boolean there = lane.present[i];
      members.put(
          program.inputs().get(i).name(), there ? value(type, lane.inputs, layout.input(i)) : null);
    }
    for (int i = 0; i < program.params().size(); i++) {
      Type type = program.params().get(i).type();
      members.put(program.params().get(i).name(), value(type, lane.params, layout.param(i)));
    }
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    for (int i = 0; i < program.slots().size(); i++) {
      SlotInfo slot = program.slots().get(i);
      state.put(slot.name(), value(slot.type(), lane.state, layout.slot(i)));
    }
    if (!state.isEmpty()) {
      members.putIfAbsent("state", state);
    }
    return new Guest.Fields(members, program.name(), true);
  }

  /** As nested as its shape; what is undefined is nothing. */
  private static @Nullable Object value(Type type, double[] memory, int at) {
    return value(type.kind(), type.shape(), memory, at);
  }

  private static @Nullable Object value(Kind kind, List<Integer> shape, double[] memory, int at) {
    if (shape.isEmpty()) {
      double number = memory[at];
      return switch (kind) {
        case F64 -> Double.isNaN(number) ? null : (Object) number;
        case I32 -> (int) number;
        case BOOL -> number != 0;
      };
    }
    List<Integer> inner = shape.subList(1, shape.size());
    int stride = 1;
    for (int n : inner) {
      stride *= n;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < shape.getFirst(); i++) {
      list.add(value(kind, inner, memory, at + i * stride));
    }
    return list;
  }
}
