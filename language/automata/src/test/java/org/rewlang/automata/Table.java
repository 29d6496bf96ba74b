package org.rewlang.automata;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rewlang.automata.RewardMachine.Pay;

/**
 * A reward machine letter by letter: what the symbolic one must do, and slow enough to be obvious.
 *
 * @param to by state and letter, a letter being a number whose bits are atoms; -1 where the letter
 *     doesn't occur
 * @param pays likewise, in hundredths
 */
record Table(int atoms, int[][] to, int[][] pays, boolean[] over) {

  static Table random(Random random, int states, int atoms, int amounts) {
    int letters = 1 << atoms;
    int[][] to = new int[states][letters];
    int[][] pays = new int[states][letters];
    boolean[] over = new boolean[states];
    boolean[] never = new boolean[letters];
    for (int l = 1; l < letters; l++) {
      never[l] = random.nextInt(6) == 0;
    }
    for (int s = 0; s < states; s++) {
      over[s] = s > 0 && random.nextInt(4) == 0;
      for (int l = 0; l < letters; l++) {
        to[s][l] = over[s] ? s : never[l] ? -1 : random.nextInt(states);
        pays[s][l] = never[l] || over[s] ? 0 : 10 * (random.nextInt(amounts) - amounts / 2);
      }
    }
    return new Table(atoms, to, pays, over);
  }

  int size() {
    return to.length;
  }

  int letters() {
    return 1 << atoms;
  }

  static Rational hundredths(long n) {
    return new Rational(BigInteger.valueOf(n), BigInteger.valueOf(100));
  }

  RewardMachine symbolic() {
    Diagrams d = new Diagrams();
    RewardMachine.Builder made = new RewardMachine.Builder(d);
    for (int s = 0; s < size(); s++) {
      made.state();
    }
    for (int s = 0; s < size(); s++) {
      if (over[s]) {
        made.ends(s);
        continue;
      }
      int diagram = Diagrams.leaf(RewardMachine.NEVER);
      for (int l = 0; l < letters(); l++) {
        int letter = Diagrams.TRUE;
        for (int a = 0; a < atoms; a++) {
          int holds = d.variableIs(a);
          letter = d.and(letter, (l >> a & 1) == 1 ? holds : d.not(holds));
        }
        int leaf =
            to[s][l] < 0
                ? Diagrams.leaf(RewardMachine.NEVER)
                : made.step(to[s][l], new Pay(hundredths(pays[s][l]), 0));
        diagram = d.ite(letter, leaf, diagram);
      }
      made.leads(s, diagram);
    }
    return made.from(0);
  }

  /** The same machine with a state twice, as many do who copy a file. */
  Table doubled(Random random) {
    int copy = random.nextInt(size());
    int n = size() + 1;
    int[][] t = new int[n][];
    int[][] p = new int[n][];
    boolean[] o = new boolean[n];
    for (int s = 0; s < n; s++) {
      int of = s < size() ? s : copy;
      t[s] = to[of].clone();
      p[s] = pays[of].clone();
      o[s] = over[of];
      for (int l = 0; l < letters(); l++) {
        if (t[s][l] == copy && random.nextBoolean() && !(over[copy])) {
          t[s][l] = size();
        }
        if (o[s] && t[s][l] >= 0) {
          t[s][l] = s;
        }
      }
    }
    return new Table(atoms, t, p, o);
  }

  /** The sum over a word that goes round its end for ever, or ends. */
  double worth(List<Integer> letters, List<Integer> loop, double discount) {
    double sum = 0;
    double weight = 1;
    int state = 0;
    List<Integer> word = new ArrayList<>(letters);
    for (int i = 0; i < (loop.isEmpty() ? 0 : 4000 / loop.size()); i++) {
      word.addAll(loop);
    }
    for (int l : word) {
      sum += weight * pays[state][l] / 100.0;
      weight *= discount;
      state = to[state][l];
    }
    return sum;
  }

  /** A cube as a letter: what it doesn't say is false, where that occurs. */
  int letter(Cube cube) {
    int letter = 0;
    for (int a = 0; a < atoms; a++) {
      letter |= cube.isTrue(a) ? 1 << a : 0;
    }
    return letter;
  }
}
