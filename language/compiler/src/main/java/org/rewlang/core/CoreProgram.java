package org.rewlang.core;

import java.util.List;
import org.rewlang.source.Source;

/**
 * A program as every engine sees it: one function of one clock over flat state.
 *
 * <p>{@link #step()} runs at each tick: {@code (state, inputs, params) -> (state', outputs)}.
 * {@link #reset()} runs at the start of an episode whose host supplies a reset observation, after
 * all slots took their initial values and all histories were emptied; inputs the observation lacks
 * are NaN, false or 0 and not {@link Op.Present}. It has no outputs. Without an observation it does
 * not run.
 *
 * @param clock what ticks it: {@code step}, {@code sample}, {@code group}, …
 * @param types of every value, by id
 */
public record CoreProgram(
    String name,
    String clock,
    List<Source> sources,
    List<Port> inputs,
    List<Port> params,
    List<SlotInfo> slots,
    List<HistoryInfo> histories,
    List<TableInfo> tables,
    List<Output> outputs,
    List<Type> types,
    Body step,
    Body reset) {

  public CoreProgram {
    sources = List.copyOf(sources);
    inputs = List.copyOf(inputs);
    params = List.copyOf(params);
    slots = List.copyOf(slots);
    histories = List.copyOf(histories);
    tables = List.copyOf(tables);
    outputs = List.copyOf(outputs);
    types = List.copyOf(types);
  }

  public Type type(int value) {
    return types.get(value);
  }
}
