package org.rewlang.model;

/**
 * In which order a quaternion's four numbers stand.
 *
 * @param name {@code wxyz}, {@code xyzw}, or that of a function's variable which stands for either
 */
public record Order(String name) {

  public static final Order WXYZ = new Order("wxyz");
  public static final Order XYZW = new Order("xyzw");

  /** Where a component stands. */
  public int place(char component) {
    return (equals(XYZW) ? "xyzw" : "wxyz").indexOf(component);
  }

  @Override
  public String toString() {
    return name;
  }
}
