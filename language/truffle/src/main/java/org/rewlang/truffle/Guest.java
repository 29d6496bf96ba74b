package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.engine.ProgramReader;

/** Values of Rew as other languages of the platform see them, and theirs as Rew reads them. */
final class Guest {

  private Guest() {}

  /** A program: its {@code name}, its {@code inputs}, and {@code begin()} for an episode. */
  static Object program(ProgramReader.Program program) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", program.name());
    members.put("inputs", program.inputs());
    members.put("begin", new Function("begin", 0, _ -> episode(program.begin())));
    return new Fields(members, program.name());
  }

  /** An episode: {@code step({…})} and {@code reset()}. */
  private static Object episode(ProgramReader.Run run) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(
        "step", new Function("step", 1, arguments -> of(run.step(named(arguments[0])), "results")));
    members.put(
        "reset",
        new Function(
            "reset",
            0,
            _ -> {
              run.reset();
              return Absent.VALUE;
            }));
    return new Fields(members, "episode");
  }

  /** A plain value. */
  static Object of(@Nullable Object value, String name) {
    return switch (value) {
      case null -> Absent.VALUE;
      case List<?> list -> new Elements(list);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((key, element) -> members.put((String) key, element));
        yield new Fields(members, name);
      }
      default -> value;
    };
  }

  @TruffleBoundary
  private static Map<String, Object> named(Object guest) {
    InteropLibrary interop = InteropLibrary.getUncached();
    Map<String, Object> inputs = new LinkedHashMap<>();
    try {
      if (interop.hasHashEntries(guest)) {
        Object entries = interop.getHashEntriesIterator(guest);
        while (interop.hasIteratorNextElement(entries)) {
          Object entry = interop.getIteratorNextElement(entries);
          String name = interop.asString(interop.readArrayElement(entry, 0));
          inputs.put(name, plain(interop.readArrayElement(entry, 1), name));
        }
        return inputs;
      }
      Object names = interop.getMembers(guest);
      for (long i = 0; i < interop.getArraySize(names); i++) {
        String name = interop.asString(interop.readArrayElement(names, i));
        inputs.put(name, plain(interop.readMember(guest, name), name));
      }
      return inputs;
    } catch (InteropException e) {
      throw new RewLanguage.Refused("`step` takes inputs by name, in an object or a map", null);
    }
  }

  private static Object plain(Object guest, String name) throws InteropException {
    InteropLibrary interop = InteropLibrary.getUncached();
    if (interop.isBoolean(guest)) {
      return interop.asBoolean(guest);
    }
    if (interop.isString(guest)) {
      return interop.asString(guest);
    }
    if (interop.fitsInDouble(guest)) {
      return interop.asDouble(guest);
    }
    if (interop.hasArrayElements(guest)) {
      List<Object> list = new ArrayList<>();
      for (long i = 0; i < interop.getArraySize(guest); i++) {
        list.add(plain(interop.readArrayElement(guest, i), name));
      }
      return list;
    }
    throw new RewLanguage.Refused(
        "`" + name + "` takes a number, a truth value, a name, or an array of them", null);
  }

  /** What has no value. */
  @ExportLibrary(InteropLibrary.class)
  static final class Absent implements TruffleObject {
    static final Absent VALUE = new Absent();

    private Absent() {}

    @ExportMessage
    boolean isNull() {
      return true;
    }

    @ExportMessage
    Object toDisplayString(boolean sideEffects) {
      return "null";
    }
  }

  /** Values by position. */
  @ExportLibrary(InteropLibrary.class)
  static final class Elements implements TruffleObject {
    private final List<?> list;

    Elements(List<?> list) {
      this.list = list;
    }

    @ExportMessage
    boolean hasArrayElements() {
      return true;
    }

    @ExportMessage
    @TruffleBoundary
    long getArraySize() {
      return list.size();
    }

    @ExportMessage
    @TruffleBoundary
    boolean isArrayElementReadable(long index) {
      return index >= 0 && index < list.size();
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException {
      if (!isArrayElementReadable(index)) {
        throw InvalidArrayIndexException.create(index);
      }
      return of(list.get((int) index), "");
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(boolean sideEffects) {
      return list.toString();
    }
  }

  /** Values by name; also what a debugger shows as what is known at a place. */
  @ExportLibrary(InteropLibrary.class)
  static final class Fields implements TruffleObject {
    private final Map<String, @Nullable Object> members;
    private final String name;
    private final boolean scope;

    Fields(Map<String, @Nullable Object> members, String name) {
      this(members, name, false);
    }

    Fields(Map<String, @Nullable Object> members, String name, boolean scope) {
      this.members = members;
      this.name = name;
      this.scope = scope;
    }

    @ExportMessage
    boolean isScope() {
      return scope;
    }

    @ExportMessage
    boolean hasLanguage() {
      return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
      return RewLanguage.class;
    }

    @ExportMessage
    boolean hasMembers() {
      return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(boolean includeInternal) {
      return new Elements(List.copyOf(members.keySet()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String member) {
      return members.containsKey(member);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String member) throws UnknownIdentifierException {
      if (!members.containsKey(member)) {
        throw UnknownIdentifierException.create(member);
      }
      return of(members.get(member), member);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String member) {
      return members.get(member) instanceof Function;
    }

    @ExportMessage
    @TruffleBoundary
    Object invokeMember(String member, Object[] arguments)
        throws UnknownIdentifierException, ArityException {
      if (members.get(member) instanceof Function function) {
        return function.execute(arguments);
      }
      throw UnknownIdentifierException.create(member);
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(boolean sideEffects) {
      return name;
    }
  }

  /** Something to call. */
  @ExportLibrary(InteropLibrary.class)
  static final class Function implements TruffleObject {

    interface Body {
      Object call(Object[] arguments);
    }

    private final String name;
    private final int arity;
    private final Body body;

    Function(String name, int arity, Body body) {
      this.name = name;
      this.arity = arity;
      this.body = body;
    }

    @ExportMessage
    boolean isExecutable() {
      return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object execute(Object[] arguments) throws ArityException {
      if (arguments.length != arity) {
        throw ArityException.create(arity, arity, arguments.length);
      }
      try {
        return body.call(arguments);
      } catch (ProgramReader.Refused e) {
        throw new RewLanguage.Refused(e.why(), null);
      }
    }

    @ExportMessage
    Object toDisplayString(boolean sideEffects) {
      return name;
    }
  }
}
