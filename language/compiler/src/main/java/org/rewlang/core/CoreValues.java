package org.rewlang.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.source.Span;

/** The values of a core text so far: their types, their names, the statements that make them. */
final class CoreValues {

  /** What is seen of a body but not of the reset inside it. */
  record Outside(
      List<Map<String, Integer>> scopes, List<List<Stmt>> blocks, Map<Op, Integer> leaves) {}

  private final CoreDeclarations declared;
  private final List<@Nullable Type> types = new ArrayList<>();
  private int fresh;

  /** Names of values, innermost block last. */
  private final List<Map<String, Integer>> scopes = new ArrayList<>();

  /** Statements of the open blocks, innermost last. */
  private final List<List<Stmt>> blocks = new ArrayList<>();

  /** Leaves written as bare names stand once, in the outermost block. */
  private Map<Op, Integer> leaves = new HashMap<>();

  CoreValues(CoreDeclarations declared, int fresh) {
    this.declared = declared;
    this.fresh = fresh;
  }

  /** Hides all names and blocks until {@link #leave}. */
  Outside enter() {
    Outside outside = new Outside(List.copyOf(scopes), List.copyOf(blocks), leaves);
    scopes.clear();
    blocks.clear();
    leaves = new HashMap<>();
    return outside;
  }

  void leave(Outside outside) {
    scopes.addAll(outside.scopes);
    blocks.addAll(outside.blocks);
    leaves = outside.leaves;
  }

  void open() {
    scopes.add(new HashMap<>());
    blocks.add(new ArrayList<>());
  }

  Block close() {
    scopes.removeLast();
    return new Block(blocks.removeLast());
  }

  List<Stmt> here() {
    return blocks.getLast();
  }

  /** The id of a value that has none in the text. */
  int fresh() {
    return fresh++;
  }

  /** The id of a value with this name. */
  int id(Token name) throws Wrong {
    return name.sort() == Sort.VALUE ? CoreTokens.id(name) : fresh();
  }

  /** A value by name: one defined here or around, an input, a parameter, a slot or a table. */
  int named(Token token) throws Wrong {
    for (Map<String, Integer> scope : scopes.reversed()) {
      Integer id = scope.get(token.text());
      if (id != null) {
        return id;
      }
    }
    Op leaf = token.sort() == Sort.VALUE ? null : declared.leaf(token.text());
    if (leaf == null) {
      throw new Wrong("`" + token.text() + "` is not defined before this", token.span());
    }
    Integer id = leaves.get(leaf);
    if (id == null) {
      id = fresh();
      emit(blocks.getFirst(), leaf, List.of(id), token.span());
      leaves.put(leaf, id);
    }
    return id;
  }

  /** Adds a statement to the innermost block; its only result. */
  int emit(Op op, Span span) throws Wrong {
    int id = fresh();
    emit(op, List.of(id), span);
    return id;
  }

  void emit(Op op, List<Integer> ids, Span span) throws Wrong {
    emit(here(), op, ids, span);
  }

  private void emit(List<Stmt> block, Op op, List<Integer> ids, Span span) throws Wrong {
    try {
      List<Type> results =
          new Typing(
                  declared.inputs,
                  declared.params,
                  declared.slots,
                  declared.histories,
                  declared.tables,
                  this::typeOf)
              .results(op);
      if (results.size() != ids.size()) {
        throw new Wrong(results.size() + " results for " + ids.size() + " names", span);
      }
      for (int i = 0; i < ids.size(); i++) {
        setType(ids.get(i), results.get(i), span);
      }
    } catch (Typing.Mistyped mistyped) {
      throw new Wrong(String.valueOf(mistyped.getMessage()), span);
    }
    block.add(new Stmt(ids, op, Origin.NONE));
  }

  private void setType(int id, Type type, Span span) throws Wrong {
    while (types.size() <= id) {
      types.add(null);
    }
    if (types.set(id, type) != null) {
      throw new Wrong("`%" + id + "` is defined already", span);
    }
  }

  Type typeOf(int id) {
    Type type = types.get(id);
    if (type == null) {
      throw new IllegalStateException("no type for %" + id);
    }
    return type;
  }

  void define(Token name, int id) throws Wrong {
    if (scopes.getLast().put(name.text(), id) != null) {
      throw new Wrong("`" + name.text() + "` is defined already", name.span());
    }
  }

  /** Defines what a region gives its body. */
  int inside(Token name, Type type) throws Wrong {
    int id = id(name);
    setType(id, type, name.span());
    define(name, id);
    return id;
  }

  /** The types of all values, by id. */
  List<Type> types() {
    return types.stream().map(t -> t == null ? Type.F64 : t).toList();
  }
}
