"""Random formulas and traces, and what flloat says of them, one a line.

    python3 flloat_cases.py COUNT SEED > ../resources/org/rewlang/automata/flloat.txt

Needs flloat 0.3.0 from PyPI. A line is

    formula ; letter letter … ; 1 if the trace satisfies it, else 0

where a letter holds the atoms that are true, or is a dash. `X` is strong, `WX` weak.
"""

import random
import sys

from flloat.parser.ltlf import LTLfParser

UNARY = ["!", "X", "WX", "F", "G"]
BINARY = ["&", "|", "->", "<->", "U", "R"]
ATOMS = ["a", "b", "c"]


def formula(rng, size):
    if size == 0:
        return rng.choice(ATOMS)
    if rng.random() < 0.45:
        return f"{rng.choice(UNARY)} ({formula(rng, size - 1)})"
    left = rng.randrange(size)
    return f"({formula(rng, left)}) {rng.choice(BINARY)} ({formula(rng, size - 1 - left)})"


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    parser = LTLfParser()
    print(f"# {count} cases (seed {seed}) of flloat 0.3.0, by flloat_cases.py")
    for _ in range(count):
        f = formula(rng, rng.randrange(1, 8))
        trace = [{a: rng.random() < 0.5 for a in ATOMS} for _ in range(rng.randrange(1, 7))]
        letters = ["".join(a for a in ATOMS if letter[a]) or "-" for letter in trace]
        print(f"{f} ; {' '.join(letters)} ; {int(parser(f).truth(trace, 0))}")


main()
