package org.rewlang.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rewlang.bytecode.Kernel;
import org.rewlang.bytecode.TornadoAnnotations;
import org.rewlang.gpu.Sections.Role;

/**
 * TornadoVM, called by the names of its methods: it comes with an SDK that users install, and
 * nothing of it is there when Rew is built.
 */
final class TornadoAccelerator implements Accelerator {

  /** The class that tells TornadoVM which loop is parallel, as the launch line names it. */
  static final String ANNOTATIONS = "org.rewlang.gpu.Annotations";

  private static final String API = "uk.ac.manchester.tornado.api.";
  private static final int FIRST_EXECUTION = 0;
  private static final int EVERY_EXECUTION = 1;

  /** The loop of the kernel that is being prepared; requests come one after the other. */
  private static volatile Kernel.@Nullable Lanes loop;

  private final List<Object> devices = new ArrayList<>();

  /** Made by its name. */
  TornadoAccelerator() throws ReflectiveOperationException {
    Class<?> unused =
        MethodHandles.lookup()
            .defineClass(TornadoAnnotations.classFile(ANNOTATIONS, TornadoAccelerator.class));
  }

  /** For {@link TornadoAnnotations}: the parallel loops of a method. */
  public static Object loops(String method) throws ReflectiveOperationException {
    Class<?> type =
        Class.forName("uk.ac.manchester.tornado.runtime.common.ParallelAnnotationProvider");
    Kernel.Lanes lanes = loop;
    if (lanes == null || !method.equals(Kernel.Code.METHOD)) {
      return Array.newInstance(type, 0);
    }
    Object loops = Array.newInstance(type, 1);
    Array.set(
        loops,
        0,
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, asked, _) ->
                switch (asked.getName()) {
                  case "getStart" -> lanes.start();
                  case "getLength" -> lanes.length();
                  default -> lanes.variable();
                }));
    return loops;
  }

  @Override
  public long header() {
    try {
      return type("types.arrays.TornadoNativeArray").getField("ARRAY_HEADER").getLong(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<DeviceInfo> devices() throws Exception {
    record Found(Object device, DeviceInfo info) {}
    List<Found> found = new ArrayList<>();
    Object runtime = call("runtime.TornadoRuntimeProvider", "getTornadoRuntime", null);
    int backends = (int) call("TornadoRuntime", "getNumBackends", runtime);
    for (int b = 0; b < backends; b++) {
      Object backend = call("TornadoRuntime", "getBackend", runtime, b);
      String name = (String) call("TornadoBackend", "getName", backend);
      int count = (int) call("TornadoBackend", "getNumDevices", backend);
      for (int d = 0; d < count; d++) {
        Object device = call("TornadoBackend", "getDevice", backend, d);
        found.add(new Found(device, info(device, name)));
      }
    }
    found.sort(Comparator.comparing(f -> !f.info.kind().equals("gpu")));
    found.forEach(f -> devices.add(f.device));
    return found.stream().map(Found::info).toList();
  }

  private static DeviceInfo info(Object device, String backend) throws Exception {
    Object physical = call("common.TornadoDevice", "getPhysicalDevice", device);
    String kind =
        String.valueOf(call("common.TornadoDevice", "getDeviceType", device))
            .toLowerCase(Locale.ROOT);
    return new DeviceInfo(
        String.valueOf(call("TornadoTargetDevice", "getDeviceName", physical)).strip(),
        kind,
        backend,
        (long) call("common.TornadoDevice", "getMaxGlobalMemory", device));
  }

  @Override
  public Prepared prepare(int device, KernelRequest kernel, Sections sections, MemorySegment memory)
      throws Exception {
    Object task = new KernelLoader(kernel.bytes()).instance();
    Object[] arrays = new Object[Role.values().length];
    for (Role role : Role.values()) {
      arrays[role.ordinal()] =
          call(
              role == Role.FAILED ? "types.arrays.IntArray" : "types.arrays.DoubleArray",
              "fromSegmentShallow",
              null,
              sections.whole(memory, role));
    }
    Object inputs = arrays[Role.INPUTS.ordinal()];
    Object shared = arrays[Role.SHARED.ordinal()];
    Object state = arrays[Role.STATE.ordinal()];
    Object outputs = arrays[Role.OUTPUTS.ordinal()];
    Object scratch = arrays[Role.SCRATCH.ordinal()];
    Object failed = arrays[Role.FAILED.ordinal()];
    Object graph = type("TaskGraph").getConstructor(String.class).newInstance("rew");
    // What a step does not write stays on the device from the step before.
    transfer(graph, "transferToDevice", FIRST_EXECUTION, outputs, scratch, failed);
    transfer(graph, "transferToDevice", EVERY_EXECUTION, inputs, shared, state);
    Object[] arguments = {
      "step", task, inputs, shared, state, outputs, scratch, failed, sections.lanes()
    };
    List<Class<?>> types =
        new ArrayList<>(List.of(String.class, type("common.TornadoFunctions$Task7")));
    types.addAll(Collections.nCopies(arguments.length - types.size(), Object.class));
    Method add = type("TaskGraph").getMethod("task", types.toArray(Class<?>[]::new));
    add.invoke(graph, arguments);
    transfer(graph, "transferToHost", EVERY_EXECUTION, state, outputs, failed);
    Object snapshot = call("TaskGraph", "snapshot", graph);
    Class<?> immutable = type("ImmutableTaskGraph");
    Object graphs = Array.newInstance(immutable, 1);
    Array.set(graphs, 0, snapshot);
    Object plan =
        type("TornadoExecutionPlan").getConstructor(graphs.getClass()).newInstance(graphs);
    type("TornadoExecutionPlan")
        .getMethod("withDevice", type("common.TornadoDevice"))
        .invoke(plan, devices.get(device));
    Method execute = type("TornadoExecutionPlan").getMethod("execute");
    Kernel.Lanes lanes = kernel.lanes();
    return new Prepared() {
      @Override
      public void run() throws Exception {
        loop = lanes;
        invoke(execute, plan);
      }

      @Override
      public void close() throws Exception {
        var unused = call("TornadoExecutionPlan", "freeDeviceMemory", plan);
        unused = call("TornadoExecutionPlan", "close", plan);
      }
    };
  }

  private static void transfer(Object graph, String method, int mode, Object... arrays)
      throws Exception {
    Method transfer = type("TaskGraph").getMethod(method, int.class, Object[].class);
    var unused = invoke(transfer, graph, mode, arrays);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(API + name);
  }

  /** Calls the one method of this name that takes these arguments. */
  private static Object call(
      String type, String method, @Nullable Object target, Object... arguments) throws Exception {
    for (Method m : type(type).getMethods()) {
      if (m.getName().equals(method) && takes(m, arguments)) {
        return invoke(m, target, arguments);
      }
    }
    throw new NoSuchMethodException(type + "." + method);
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    boolean takes = types.length == arguments.length;
    for (int i = 0; takes && i < types.length; i++) {
      takes = MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i]);
    }
    return takes;
  }

  @SuppressWarnings("NullAway") // methods without a result return null
  private static Object invoke(Method method, @Nullable Object target, Object... arguments)
      throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
