package org.rewlang.automata;

/** What can be said of a word that may go on. */
public enum Verdict {
  /** It and all its continuations satisfy. */
  SATISFIED,
  /** It and all its continuations violate. */
  VIOLATED,
  /** It satisfies if it ends here; some continuation doesn't. */
  PRESUMABLY_SATISFIED,
  /** It violates if it ends here; some continuation doesn't. */
  PRESUMABLY_VIOLATED,
  /** Of infinite words: some continuation satisfies, some violates. */
  UNKNOWN;

  public boolean isFinal() {
    return this == SATISFIED || this == VIOLATED;
  }

  /** What it becomes where the word ends. */
  public Verdict closed() {
    return switch (this) {
      case PRESUMABLY_SATISFIED -> SATISFIED;
      case PRESUMABLY_VIOLATED -> VIOLATED;
      case SATISFIED, VIOLATED, UNKNOWN -> this;
    };
  }
}
