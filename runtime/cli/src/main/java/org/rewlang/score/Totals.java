package org.rewlang.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.Reward;

/** What was scored so far, counted in the order of the data. */
final class Totals {

  private long rows;
  private long episodes;
  private long successes;
  private long failed;
  private @Nullable String firstFailure;
  private final Map<Integer, Place> undefined = new HashMap<>();
  private final List<Tally> tallies = new ArrayList<>();

  Totals(Reward reward) {
    tallies.addAll(tallies(reward));
  }

  /** One for each component and coordinate, the total's last. */
  static List<Tally> tallies(Reward reward) {
    List<Tally> list = new ArrayList<>();
    for (int i = 0; i <= reward.components().size() + reward.rewards().size(); i++) {
      list.add(new Tally());
    }
    return list;
  }

  long rows() {
    return rows;
  }

  void add(Scorer.Scored scored) {
    rows += scored.segment().rows();
    Running.Skipped skipped = scored.skipped();
    if (skipped != null) {
      failed += skipped.rows();
      firstFailure = firstFailure == null ? skipped.first() : firstFailure;
      skipped.undefined().forEach(undefined::putIfAbsent);
    }
    Whole whole = scored.whole();
    if (whole != null) {
      episodes++;
      successes += whole.succeeded() ? 1 : 0;
    }
  }

  void add(List<Tally> part) {
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(part.get(i));
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(episodes);
    out.writeLong(successes);
    out.writeLong(failed);
    Texts.write(out, firstFailure);
    out.writeInt(undefined.size());
    for (Map.Entry<Integer, Place> entry : undefined.entrySet()) {
      out.writeInt(entry.getKey());
      entry.getValue().write(out);
    }
    for (Tally tally : tallies) {
      tally.write(out);
    }
  }

  static Totals read(Reward reward, DataInput in) throws IOException {
    Totals totals = new Totals(reward);
    totals.rows = in.readLong();
    totals.episodes = in.readLong();
    totals.successes = in.readLong();
    totals.failed = in.readLong();
    totals.firstFailure = Texts.read(in);
    for (int i = in.readInt(); i > 0; i--) {
      totals.undefined.put(in.readInt(), Place.read(in));
    }
    for (int i = 0; i < totals.tallies.size(); i++) {
      totals.tallies.set(i, Tally.read(in));
    }
    return totals;
  }

  Summary summary(Reward reward) {
    return new Summary(
        rows,
        episodes,
        failed,
        successes,
        reward.components(),
        reward.rewards(),
        tallies.subList(0, tallies.size() - 1),
        tallies.getLast(),
        firstFailure,
        undefined);
  }
}
