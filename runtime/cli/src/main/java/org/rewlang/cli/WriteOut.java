package org.rewlang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the distribution's classes of ours, when it is built: switches over types, and the
 * {@code equals} and {@code hashCode} of records, are code that Java makes at each start and that
 * the start-up cache can't hold. Here it is written out. It answers as before, hash codes included.
 */
final class WriteOut {

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassFile FILES =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.defaultResolver()
                  .orElse(
                      ClassHierarchyResolver.ofResourceParsing(WriteOut.class.getClassLoader()))));

  private WriteOut() {}

  /** Rewrites jars where they lie. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      rewrite(Path.of(jar));
    }
  }

  private static void rewrite(Path jar) throws IOException {
    Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(fresh);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        try (InputStream in = from.getInputStream(entry)) {
          byte[] bytes = in.readAllBytes();
          to.write(entry.getName().endsWith(".class") ? classFile(bytes) : bytes);
        }
        to.closeEntry();
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A class written out. The classes that it mentions must be on the class path. */
  static byte[] classFile(byte[] bytes) {
    ClassModel model = FILES.parse(bytes);
    List<InvokeDynamicInstruction> switches = new ArrayList<>();
    byte[] changed =
        FILES.transformClass(model, methods(model, switches).andThen(helpers(switches)));
    List<VerifyError> errors = FILES.verify(changed);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(model.thisClass().asInternalName(), errors.getFirst());
    }
    return changed;
  }

  private static ClassTransform methods(ClassModel model, List<InvokeDynamicInstruction> switches) {
    CodeTransform calls =
        (code, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isTypeSwitch(call)) {
            code.invokestatic(
                model.thisClass().asSymbol(),
                helper(switches.size()),
                call.typeSymbol(),
                model.flags().has(AccessFlag.INTERFACE));
            switches.add(call);
          } else {
            code.with(element);
          }
        };
    return (to, element) -> {
      if (element instanceof MethodModel method && isMade(method, "equals")) {
        equals(to, model);
      } else if (element instanceof MethodModel method && isMade(method, "hashCode")) {
        hashCode(to, model);
      } else if (element instanceof MethodModel method) {
        to.transformMethod(method, MethodTransform.transformingCode(calls));
      } else {
        to.with(element);
      }
    };
  }

  // Switches: which label, from `restart` on, is the first whose class the value is of?

  private static String helper(int number) {
    return "typeSwitch$" + number;
  }

  /** Over classes alone. */
  private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
    return isMadeBy(call, "java/lang/runtime/SwitchBootstraps", "typeSwitch")
        && call.bootstrapArgs().stream()
            .allMatch(label -> label instanceof ClassDesc c && !c.isPrimitive());
  }

  private static boolean isMadeBy(InvokeDynamicInstruction call, String owner, String name) {
    return call.bootstrapMethod().owner().descriptorString().equals("L" + owner + ";")
        && call.bootstrapMethod().methodName().equals(name);
  }

  private static ClassTransform helpers(List<InvokeDynamicInstruction> switches) {
    return ClassTransform.endHandler(
        to -> {
          for (int i = 0; i < switches.size(); i++) {
            InvokeDynamicInstruction call = switches.get(i);
            to.withMethodBody(
                helper(i),
                call.typeSymbol(),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> labels(code, call.bootstrapArgs()));
          }
        });
  }

  private static void labels(CodeBuilder code, List<ConstantDesc> labels) {
    Label some = code.newLabel();
    code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  // Records.

  /** Whether a record's method is left to Java. */
  private static boolean isMade(MethodModel method, String name) {
    return method.methodName().equalsString(name)
        && method.code().isPresent()
        && method
            .code()
            .get()
            .elementStream()
            .anyMatch(
                e ->
                    e instanceof InvokeDynamicInstruction call
                        && isMadeBy(call, "java/lang/runtime/ObjectMethods", "bootstrap"));
  }

  private static List<FieldModel> components(ClassModel model) {
    return model.fields().stream().filter(f -> !f.flags().has(AccessFlag.STATIC)).toList();
  }

  private static void equals(ClassBuilder to, ClassModel model) {
    ClassDesc self = model.thisClass().asSymbol();
    MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);
    to.withMethodBody(
        "equals",
        type,
        ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
        code -> {
          Label no = code.newLabel();
          Label other = code.newLabel();
          code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
          code.aload(1).instanceOf(self).ifeq(no).aload(1).checkcast(self).astore(2);
          for (FieldModel field : components(model)) {
            ClassDesc of = field.fieldTypeSymbol();
            String name = field.fieldName().stringValue();
            code.aload(0).getfield(self, name, of).aload(2).getfield(self, name, of);
            if (TypeKind.from(of) == TypeKind.REFERENCE) {
              code.invokestatic(
                      OBJECTS, "equals", type.insertParameterTypes(0, type.parameterType(0)))
                  .ifeq(no);
            } else {
              code.invokestatic(box(of), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, of, of))
                  .ifne(no);
            }
          }
          code.iconst_1().ireturn().labelBinding(no).iconst_0().ireturn();
        });
  }

  private static void hashCode(ClassBuilder to, ClassModel model) {
    ClassDesc self = model.thisClass().asSymbol();
    to.withMethodBody(
        "hashCode",
        MethodTypeDesc.of(ConstantDescs.CD_int),
        ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
        code -> {
          code.iconst_0();
          for (FieldModel field : components(model)) {
            ClassDesc of = field.fieldTypeSymbol();
            boolean isObject = TypeKind.from(of) == TypeKind.REFERENCE;
            code.loadConstant(31).imul();
            code.aload(0).getfield(self, field.fieldName().stringValue(), of);
            code.invokestatic(
                    isObject ? OBJECTS : box(of),
                    "hashCode",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_int, isObject ? ConstantDescs.CD_Object : of))
                .iadd();
          }
          code.ireturn();
        });
  }

  private static ClassDesc box(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case DOUBLE -> ConstantDescs.CD_Double;
      case FLOAT -> ConstantDescs.CD_Float;
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case CHAR -> ConstantDescs.CD_Character;
      case BYTE -> ConstantDescs.CD_Byte;
      case SHORT -> ConstantDescs.CD_Short;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.descriptorString());
    };
  }
}
