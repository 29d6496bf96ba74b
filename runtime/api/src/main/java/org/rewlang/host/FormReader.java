package org.rewlang.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/**
 * Reads a component of a record for a structured input: records for records, lists or arrays for
 * lists, {@code null} or an empty {@link Optional} for what is absent.
 */
public final class FormReader {

  /** Puts a value at an index of the arrays that it is given in. */
  private interface Copy {
    void copy(@Nullable Object value, String name, double[] into, int index);
  }

  private final InputLayout layout;
  private final Structured<InputVar> input;
  private final Function<Object, @Nullable Object> get;
  private final Copy copy;

  private FormReader(
      InputLayout layout,
      Structured<InputVar> input,
      Function<Object, @Nullable Object> get,
      Copy copy) {
    this.layout = layout;
    this.input = input;
    this.get = get;
    this.copy = copy;
  }

  /**
   * A reader of {@code component} for {@code input}.
   *
   * @return empty if the component's type does not fit the input's
   */
  public static Optional<FormReader> of(
      RecordComponent component, Structured<InputVar> input, InputLayout layout) {
    Forms forms = new Forms(layout);
    Type type = component.getGenericType();
    Type one = input.perAgent() ? Forms.element(type) : type;
    Copy copy = one == null ? null : forms.of(input.form(), one, input.perAgent() ? 1 : 0);
    return copy == null
        ? Optional.empty()
        : Optional.of(new FormReader(layout, input, accessor(component), copy));
  }

  /**
   * Copies the component of {@code record} to its places in {@code inputs}, which say by now which
   * agents are there.
   */
  public void read(Object record, double[] inputs) {
    layout.clear(input.form(), inputs);
    Object value = get.apply(record);
    if (input.perAgent()) {
      agents(value, inputs);
    } else {
      copy.copy(value, input.name(), inputs, 0);
    }
  }

  private void agents(@Nullable Object list, double[] inputs) {
    int most = layout.inputAt(layout.presence()).size();
    int n = list == null ? 0 : Forms.length(list);
    if (n > most) {
      throw unfit(
          Code.WRONG_LENGTH,
          "`"
              + input.name()
              + "` holds values of "
              + n
              + " agents, at most "
              + most
              + " are allowed",
          "declare a larger bound: `inputs per agent[.." + n + "]`");
    }
    for (int agent = 0; agent < most; agent++) {
      // Of one that is not there no value is looked at.
      if (inputs[layout.presence() + agent] != 0) {
        Object value = list == null || agent >= n ? null : Forms.at(list, agent);
        String name = input.name() + "[" + agent + "]";
        if (value == null && !(input.form() instanceof Form.Maybe)) {
          throw unfit(
              Code.MISSING_VALUE,
              "`" + name + "` is null",
              "say who is there with a component `boolean[] agents`");
        }
        copy.copy(value, name, inputs, agent);
      }
    }
  }

  private static Function<Object, @Nullable Object> accessor(RecordComponent component) {
    Method method = component.getAccessor();
    try {
      // A record may well be private to the host's class.
      method.setAccessible(true);
      MethodHandle handle =
          MethodHandles.lookup()
              .unreflect(method)
              .asType(MethodType.methodType(Object.class, Object.class));
      return record -> {
        try {
          return (Object) handle.invokeExact(record);
        } catch (RuntimeException | Error e) {
          throw e;
        } catch (Throwable e) {
          // An accessor declares no checked exceptions.
          throw new IllegalStateException(e);
        }
      };
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("can't read " + component, e);
    }
  }

  /** A value that a record holds and its input can't. */
  public static final class Unfit extends IllegalArgumentException {
    private final transient Diagnostic diagnostic;

    Unfit(Diagnostic diagnostic) {
      super(diagnostic.message());
      this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  private static Unfit unfit(Code code, String message, String hint) {
    Diagnostic.Builder problem = Diagnostic.of(code, message);
    return new Unfit((hint.isEmpty() ? problem : problem.hint(hint)).build());
  }

  /** Makes copies; null where a Java type doesn't fit. */
  private record Forms(InputLayout layout) {

    @Nullable Copy of(Form<InputVar> form, Type type, int axes) {
      return switch (form) {
        case Form.Leaf<InputVar> leaf -> leaf(leaf.array(), type, axes);
        case Form.Fields<InputVar> fields -> fields(fields, type, axes);
        case Form.Row<InputVar> row -> row(row, type, axes);
        case Form.Listed<InputVar> listed -> listed(listed, type, axes);
        case Form.Maybe<InputVar> maybe -> maybe(maybe, type, axes);
      };
    }

    private @Nullable Copy maybe(Form.Maybe<InputVar> maybe, Type type, int axes) {
      boolean optional = type instanceof ParameterizedType p && p.getRawType() == Optional.class;
      Type inner =
          optional && type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : type;
      Copy copy = of(maybe.of(), inner, axes);
      int present = layout.offset(maybe.present());
      return copy == null
          ? null
          : (value, name, into, index) -> {
            Object own = value instanceof Optional<?> o ? o.orElse(null) : value;
            into[present + index] = own == null ? 0 : 1;
            if (own != null) {
              copy.copy(own, name, into, index);
            }
          };
    }

    private @Nullable Copy fields(Form.Fields<InputVar> fields, Type type, int axes) {
      if (!(type instanceof Class<?> c) || !c.isRecord()) {
        return null;
      }
      List<Function<Object, @Nullable Object>> gets = new ArrayList<>();
      List<Copy> copies = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, Form<InputVar>> field : fields.fields().entrySet()) {
        RecordComponent found = null;
        for (RecordComponent component : c.getRecordComponents()) {
          found = component.getName().equals(field.getKey()) ? component : found;
        }
        if (found == null && field.getValue() instanceof Form.Maybe) {
          continue;
        }
        Copy copy = found == null ? null : of(field.getValue(), found.getGenericType(), axes);
        if (found == null || copy == null) {
          return null;
        }
        gets.add(accessor(found));
        copies.add(copy);
        names.add(field.getKey());
      }
      return (value, name, into, index) -> {
        Object record = given(value, name);
        for (int i = 0; i < copies.size(); i++) {
          copies.get(i).copy(gets.get(i).apply(record), name + "." + names.get(i), into, index);
        }
      };
    }

    private static Object given(@Nullable Object value, String name) {
      if (value == null) {
        throw unfit(
            Code.MISSING_VALUE,
            "`" + name + "` is null",
            "declare it optional, with `?` behind its type, if it may be absent");
      }
      return value;
    }

    /** The type of a list's or array's elements, or null. */
    private static @Nullable Type element(Type type) {
      return switch (type) {
        case Class<?> c when c.isArray() -> c.getComponentType();
        case java.lang.reflect.GenericArrayType a -> a.getGenericComponentType();
        case ParameterizedType p
            when p.getRawType() instanceof Class<?> raw && raw.isAssignableFrom(List.class) ->
            p.getActualTypeArguments()[0];
        default -> null;
      };
    }

    private static int length(Object list) {
      return list instanceof List<?> l ? l.size() : Array.getLength(list);
    }

    private static Object at(Object list, int i) {
      return list instanceof List<?> l ? l.get(i) : Array.get(list, i);
    }

    private @Nullable Copy row(Form.Row<InputVar> row, Type type, int axes) {
      Type element = element(type);
      Copy copy = element == null ? null : of(row.element(), element, axes + 1);
      return copy == null
          ? null
          : (value, name, into, index) -> {
            Object list = given(value, name);
            int n = length(list);
            if (n != row.count()) {
              throw unfit(
                  Code.WRONG_LENGTH,
                  "`" + name + "` holds " + n + " values, not " + row.count(),
                  "");
            }
            for (int i = 0; i < n; i++) {
              copy.copy(at(list, i), name + "[" + i + "]", into, index * row.count() + i);
            }
          };
    }

    private @Nullable Copy listed(Form.Listed<InputVar> listed, Type type, int axes) {
      Type element = element(type);
      Copy copy = element == null ? null : of(listed.element(), element, axes + 1);
      int length = layout.offset(listed.length());
      return copy == null
          ? null
          : (value, name, into, index) -> {
            Object list = given(value, name);
            int n = length(list);
            if (n > listed.bound()) {
              throw unfit(
                  Code.WRONG_LENGTH,
                  "`"
                      + name
                      + "` holds "
                      + n
                      + " elements, at most "
                      + listed.bound()
                      + " are allowed",
                  "declare a larger bound: `[.." + n + "]`");
            }
            into[length + index] = n;
            for (int i = 0; i < n; i++) {
              copy.copy(at(list, i), name + "[" + i + "]", into, index * listed.bound() + i);
            }
          };
    }

    private @Nullable Copy leaf(InputVar array, Type type, int axes) {
      List<Integer> shape = array.type().shape().subList(axes, array.type().shape().size());
      Type element = type;
      for (int i = 0; element != null && i < shape.size(); i++) {
        element = element(element);
      }
      if (!(element instanceof Class<?> c) || !fits(c, array)) {
        return null;
      }
      int offset = layout.offset(array);
      int size = shape.stream().reduce(1, Math::multiplyExact);
      return (value, name, into, index) ->
          numbers(value, name, shape, array, into, offset + index * size);
    }

    private static boolean fits(Class<?> c, InputVar array) {
      Class<?> boxed = MethodType.methodType(c).wrap().returnType();
      return switch (array.type().base()) {
        case REAL -> Number.class.isAssignableFrom(boxed);
        case INT -> List.of(Byte.class, Short.class, Integer.class, Long.class).contains(boxed);
        case BOOL -> boxed == Boolean.class;
        case ENUM -> c.isEnum() && members(array).containsAll(names(c));
      };
    }

    private static List<String> members(InputVar array) {
      return array.type().enumeration() == null ? List.of() : array.type().enumeration().members();
    }

    private static List<String> names(Class<?> enumeration) {
      List<String> names = new ArrayList<>();
      for (Object constant : enumeration.getEnumConstants()) {
        names.add(((Enum<?>) constant).name());
      }
      return names;
    }

    private static void numbers(
        @Nullable Object value,
        String name,
        List<Integer> shape,
        InputVar array,
        double[] into,
        int at) {
      Object given = given(value, name);
      if (shape.isEmpty()) {
        into[at] =
            switch (given) {
              case Number n -> n.doubleValue();
              case Boolean b -> b ? 1 : 0;
              case Enum<?> e -> members(array).indexOf(e.name());
              default -> throw new IllegalArgumentException("no number: " + given);
            };
        return;
      }
      int n = length(given);
      if (n != shape.getFirst()) {
        throw unfit(
            Code.WRONG_LENGTH,
            "`" + name + "` holds " + n + " values, not " + shape.getFirst(),
            "");
      }
      List<Integer> rest = shape.subList(1, shape.size());
      int size = rest.stream().reduce(1, Math::multiplyExact);
      for (int i = 0; i < n; i++) {
        numbers(at(given, i), name + "[" + i + "]", rest, array, into, at + i * size);
      }
    }
  }
}
