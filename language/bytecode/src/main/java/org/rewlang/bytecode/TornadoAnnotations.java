package org.rewlang.bytecode;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * TornadoVM asks a class of ours, which a system property names, which loops of a method are
 * parallel. That class implements an interface of TornadoVM's, so it is made where TornadoVM is.
 */
public final class TornadoAnnotations {

  private static final String RUNTIME = "uk.ac.manchester.tornado.runtime.";
  private static final ClassDesc PROVIDER = ClassDesc.of(RUNTIME + "ASMClassVisitorProvider");
  private static final ClassDesc LOOPS =
      ClassDesc.of(RUNTIME + "common.ParallelAnnotationProvider").arrayType();
  private static final ClassDesc JVM_METHOD = ClassDesc.of("jdk.vm.ci.meta.ResolvedJavaMethod");

  private TornadoAnnotations() {}

  /**
   * The class.
   *
   * @param name its own
   * @param answers has {@code static Object loops(String method)}, whose result is the array that
   *     TornadoVM wants
   */
  public static byte[] classFile(String name, Class<?> answers) {
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            builder -> {
              builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
              builder.withInterfaceSymbols(PROVIDER);
              builder.withMethodBody(
                  INIT_NAME,
                  MTD_void,
                  ClassFile.ACC_PUBLIC,
                  code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
              builder.withMethodBody(
                  "getParallelAnnotations",
                  MethodTypeDesc.of(LOOPS, JVM_METHOD),
                  ClassFile.ACC_PUBLIC,
                  code ->
                      code.aload(1)
                          .invokeinterface(JVM_METHOD, "getName", MethodTypeDesc.of(CD_String))
                          .invokestatic(
                              answers.describeConstable().orElseThrow(),
                              "loops",
                              MethodTypeDesc.of(CD_Object, CD_String))
                          .checkcast(LOOPS)
                          .areturn());
            });
  }
}
