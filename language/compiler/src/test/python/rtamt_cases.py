"""Random STL formulas and traces, and what RTAMT says of them, one a line.

    python3 rtamt_cases.py COUNT SEED > ../resources/org/rewlang/temporal/rtamt.txt

Needs rtamt 0.4.10 from PyPI; its discrete time, offline, in Python. A line is

    formula ; values of a ; of b ; of c ; robustness at each position

Left out is what RTAMT alone says or gets wrong: `iff` and `xor` (the distance of the two sides),
`unless` without a window, a window on a signal that isn't compared, traces of one sample. Of the
parentheses that its grammar doesn't need some are left out.
"""

import random
import sys

import rtamt

SIGNALS = ["a", "b", "c"]
# From loose to tight; all chains group left.
BINARY = ["->", "or", "and", "since", "unless", "until"]
UNARY = ["not", "always", "eventually", "once", "historically"]
SHIFTS = ["next", "prev", "s_next", "s_prev"]
EDGES = ["rise", "fall"]


def number(rng):
    return round(rng.uniform(-5, 5), rng.choice([0, 0, 1, 2]))


def window(rng, must=False):
    if not must and rng.random() < 0.4:
        return ""
    first = rng.choice([0, 0, rng.randrange(4)])
    return f"[{first},{first + rng.randrange(6)}]"


def side(rng):
    a, b = rng.sample(SIGNALS, 2)
    return rng.choice([a, a, a, f"{a} + {b}", f"{a} - {b}", f"2 * {a}", f"abs({a})", f"{a} - {b} * {b}"])


def atom(rng):
    relation = rng.choice([">=", "<=", ">", "<", ">=", "<=", "==", "!=="])
    return f"{side(rng)} {relation} {number(rng)}" if rng.random() < 0.7 else f"{side(rng)} {relation} {side(rng)}"


def inside(rng, text, needed):
    return f"({text})" if needed or rng.random() < 0.5 else text


def formula(rng, size):
    """A formula, and how tight its outermost operator binds."""
    if size == 0:
        return atom(rng), len(BINARY)
    kind = rng.random()
    if kind < 0.1:
        return f"{rng.choice(EDGES)}({formula(rng, size - 1)[0]})", len(BINARY)
    if kind < 0.5:
        operator = rng.choice(UNARY + SHIFTS)
        text, level = formula(rng, size - 1)
        spans = operator in UNARY and operator != "not"
        return f"{operator}{window(rng) if spans else ''} {inside(rng, text, level < len(BINARY))}", len(BINARY)
    level = rng.randrange(len(BINARY))
    operator = BINARY[level]
    if operator in ("since", "unless", "until"):
        operator += window(rng, operator == "unless")
    first = rng.randrange(size)
    left, tightness = formula(rng, first)
    left = inside(rng, left, tightness < level)
    right, tightness = formula(rng, size - 1 - first)
    return f"{left} {operator} {inside(rng, right, tightness <= level)}", level


def robustness(text, trace):
    specification = rtamt.StlDiscreteTimeSpecification()
    for signal in SIGNALS:
        specification.declare_var(signal, "float")
    specification.spec = text
    specification.parse()
    samples = {"time": list(range(len(trace["a"])))} | {s: list(v) for s, v in trace.items()}
    return [value for _, value in specification.evaluate(samples)]


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    print(f"# {count} cases (seed {seed}) of rtamt 0.4.10, by rtamt_cases.py")
    for _ in range(count):
        text, _ = formula(rng, rng.randrange(1, 7))
        length = rng.randrange(2, 13)
        trace = {s: [number(rng) for _ in range(length)] for s in SIGNALS}
        columns = [trace[s] for s in SIGNALS] + [robustness(text, trace)]
        print(" ; ".join([text] + [" ".join(map(repr, values)) for values in columns]))


main()
