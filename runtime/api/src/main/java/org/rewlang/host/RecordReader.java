package org.rewlang.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rewlang.InputInfo;
import org.rewlang.model.Base;

/** Reads one component of a record into a flat array of inputs, without allocating. */
public final class RecordReader {

  private static final Set<Class<?>> WHOLE = Set.of(byte.class, short.class, int.class, long.class);
  private static final Set<Class<?>> REAL = Set.of(float.class, double.class);

  /** Puts what it reads of a record at a place. */
  private interface Copy {
    void copy(Object record, double[] into, int at) throws Throwable;
  }

  private final Copy copy;
  private final int offset;

  private RecordReader(Copy copy, int offset) {
    this.copy = copy;
    this.offset = offset;
  }

  /**
   * A reader of {@code component} for {@code input}.
   *
   * @return empty if the component's type does not fit the input's
   */
  public static Optional<RecordReader> of(RecordComponent component, InputInfo input) {
    return copy(component, input).map(c -> new RecordReader(c, input.offset()));
  }

  private static Optional<Copy> copy(RecordComponent component, InputInfo input) {
    Class<?> type = component.getType();
    Base base = input.type().base();
    int rank = input.type().shape().size();
    if (rank == 0) {
      return scalar(component, type, base, input);
    }
    Class<?> element = type;
    for (int d = 0; d < rank; d++) {
      if (!element.isArray()) {
        return Optional.empty();
      }
      element = element.getComponentType();
    }
    if (!fits(element, base)) {
      return Optional.empty();
    }
    MethodHandle get = accessor(component, Object.class);
    List<Integer> shape = input.type().shape();
    String name = component.getName();
    return Optional.of(
        (r, into, at) -> array((Object) get.invokeExact(r), shape, 0, into, at, name));
  }

  private static boolean fits(Class<?> type, Base base) {
    return switch (base) {
      case REAL -> REAL.contains(type) || WHOLE.contains(type);
      case INT -> WHOLE.contains(type);
      case BOOL -> type == boolean.class;
      case ENUM -> false;
    };
  }

  private static Optional<Copy> scalar(
      RecordComponent component, Class<?> type, Base base, InputInfo input) {
    if (base == Base.ENUM && type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      int[] index = new int[constants.length];
      for (int i = 0; i < constants.length; i++) {
        index[i] = input.members().indexOf(((Enum<?>) constants[i]).name());
        if (index[i] < 0) {
          return Optional.empty();
        }
      }
      MethodHandle get = accessor(component, Object.class);
      return Optional.of(
          (r, into, at) -> into[at] = index[((Enum<?>) (Object) get.invokeExact(r)).ordinal()]);
    }
    if (!fits(type, base)) {
      return Optional.empty();
    }
    if (base == Base.BOOL) {
      MethodHandle get = accessor(component, boolean.class);
      return Optional.of((r, into, at) -> into[at] = (boolean) get.invokeExact(r) ? 1 : 0);
    }
    MethodHandle get = accessor(component, double.class);
    return Optional.of((r, into, at) -> into[at] = (double) get.invokeExact(r));
  }

  private static MethodHandle accessor(RecordComponent component, Class<?> result) {
    Method method = component.getAccessor();
    try {
      // A record may well be private to the host's class.
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(result, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("can't read " + component, e);
    }
  }

  private static int array(
      Object array, List<Integer> shape, int axis, double[] into, int at, String name) {
    int length = shape.get(axis);
    int place = at;
    switch (array) {
      case double[] d -> {
        need(d.length, length, name);
        System.arraycopy(d, 0, into, at, length);
        place += length;
      }
      case float[] f -> {
        need(f.length, length, name);
        for (float v : f) {
          into[place++] = v;
        }
      }
      case int[] n -> {
        need(n.length, length, name);
        for (int v : n) {
          into[place++] = v;
        }
      }
      case long[] n -> {
        need(n.length, length, name);
        for (long v : n) {
          into[place++] = v;
        }
      }
      case short[] n -> {
        need(n.length, length, name);
        for (short v : n) {
          into[place++] = v;
        }
      }
      case byte[] n -> {
        need(n.length, length, name);
        for (byte v : n) {
          into[place++] = v;
        }
      }
      case boolean[] b -> {
        need(b.length, length, name);
        for (boolean v : b) {
          into[place++] = v ? 1 : 0;
        }
      }
      case Object[] rows -> {
        need(rows.length, length, name);
        for (Object row : rows) {
          place = array(row, shape, axis + 1, into, place, name);
        }
      }
      default -> throw new IllegalArgumentException("not an array: " + array);
    }
    return place;
  }

  private static void need(int found, int wanted, String name) {
    if (found != wanted) {
      throw new WrongLength(name, found, wanted);
    }
  }

  /** An array in a record has another length than its input. */
  public static final class WrongLength extends IllegalArgumentException {
    private final String name;
    private final int found;
    private final int wanted;

    WrongLength(String name, int found, int wanted) {
      super(name + " holds " + found + " values, not " + wanted);
      this.name = name;
      this.found = found;
      this.wanted = wanted;
    }

    public String name() {
      return name;
    }

    public int found() {
      return found;
    }

    public int wanted() {
      return wanted;
    }
  }

  /** Copies the component of {@code record} to its place in {@code inputs}. */
  public void read(Object record, double[] inputs) {
    try {
      copy.copy(record, inputs, offset);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // An accessor declares no checked exceptions.
      throw new IllegalStateException(e);
    }
  }
}
