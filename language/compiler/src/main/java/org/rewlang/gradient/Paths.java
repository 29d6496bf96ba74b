package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;

/** The ways from a block through regions in regions to where an array is read. */
final class Paths {

  private Paths() {}

  /** Those that begin with {@code stmt}, outermost region first. */
  static List<List<Stmt>> to(Activity activity, Stmt stmt, int array) {
    Op.Region region = Regions.of(stmt.op());
    if (region == null || stmt.results().stream().noneMatch(activity::isActive)) {
      return List.of();
    }
    List<List<Stmt>> paths = new ArrayList<>();
    if (activity.reads(region, array)) {
      paths.add(List.of(stmt));
    }
    for (Stmt inner : region.body().statements()) {
      for (List<Stmt> rest : to(activity, inner, array)) {
        List<Stmt> path = new ArrayList<>(List.of(stmt));
        path.addAll(rest);
        paths.add(path);
      }
    }
    return paths;
  }
}
