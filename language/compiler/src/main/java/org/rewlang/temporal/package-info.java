/** The robustness of temporal formulas: how far a word is from changing their truth. */
@org.jspecify.annotations.NullMarked
package org.rewlang.temporal;
