"""Random formulas and the automata that MONA makes of them, one a line.

    python3 mona_cases.py COUNT SEED > ../resources/org/rewlang/automata/mona.txt

Needs `mona` on the path (Debian: apt-get install mona). A formula is written in Rew's letters, put
into the weak monadic second-order logic of one successor on strings (m2l-str) from the definitions,
and given to MONA. A line is

    formula ; first state ; accepting states ; state:letters>state state:letters>state …

where letters say of the atoms a, b, c whether they hold: 0, 1, or X for either. MONA's dummy step
before the first letter is left out. What it says of the empty word means nothing.
"""

import random
import re
import subprocess
import sys
import tempfile

UNARY = ["!", "X", "N", "F", "G", "Y", "Z", "O", "H"]
BINARY = ["&", "|", "->", "<->", "U", "W", "R", "M", "S", "T"]
ATOMS = ["a", "b", "c"]


def formula(rng, size):
    if size == 0:
        return rng.choice(ATOMS)
    if rng.random() < 0.45:
        return (rng.choice(UNARY), formula(rng, size - 1))
    left = rng.randrange(size)
    return (rng.choice(BINARY), formula(rng, left), formula(rng, size - 1 - left))


def text(f):
    if isinstance(f, str):
        return f
    if len(f) == 2:
        return f"{f[0]} ({text(f[1])})"
    return f"({text(f[1])}) {f[0]} ({text(f[2])})"


class Logic:
    """What a formula says at a position."""

    def __init__(self):
        self.count = 0

    def new(self):
        self.count += 1
        return f"v{self.count}"

    def some(self, condition, f):
        v = self.new()
        return f"(ex1 {v}: {condition(v)} & {f(v)})"

    def all(self, condition, f):
        v = self.new()
        return f"(all1 {v}: {condition(v)} => {f(v)})"

    def after(self, t):
        return lambda v: f"({t} < {v} & {v} = {t} + 1)"

    def before(self, t):
        return lambda v: f"({v} < {t} & {t} = {v} + 1)"

    def at(self, f, t):
        if isinstance(f, str):
            return f"({t} in P{f})"
        operator, *parts = f
        there = [lambda v, p=p: self.at(p, v) for p in parts]
        never = [lambda v, p=p: f"~{self.at(p, v)}" for p in parts]
        ahead = lambda v: f"{t} <= {v}"
        back = lambda v: f"{v} <= {t}"
        until = lambda l, r: self.some(
            ahead, lambda u: f"({r(u)} & {self.all(lambda w: f'({t} <= {w} & {w} < {u})', l)})"
        )
        since = lambda l, r: self.some(
            back, lambda u: f"({r(u)} & {self.all(lambda w: f'({u} < {w} & {w} <= {t})', l)})"
        )
        one = there[0]
        match operator:
            case "!":
                return f"~{one(t)}"
            case "&" | "|":
                return f"({one(t)} {operator} {there[1](t)})"
            case "->" | "<->":
                return f"({one(t)} {operator.replace('-', '=')} {there[1](t)})"
            case "X":
                return self.some(self.after(t), one)
            case "N":
                return self.all(self.after(t), one)
            case "Y":
                return self.some(self.before(t), one)
            case "Z":
                return self.all(self.before(t), one)
            case "F":
                return self.some(ahead, one)
            case "G":
                return self.all(ahead, one)
            case "O":
                return self.some(back, one)
            case "H":
                return self.all(back, one)
            case "U":
                return until(*there)
            case "W":
                return f"({until(*there)} | {self.all(ahead, one)})"
            case "R":
                return f"~{until(*never)}"
            case "M":
                return until(there[1], lambda v: f"({there[0](v)} & {there[1](v)})")
            case "S":
                return since(*there)
            case "T":
                return f"~{since(*never)}"
        raise ValueError(operator)


def automaton(f):
    names = ", ".join("P" + a for a in ATOMS)
    with tempfile.NamedTemporaryFile("w", suffix=".mona") as file:
        file.write(f"m2l-str;\nvar2 {names};\n{Logic().at(f, '0')};\n")
        file.flush()
        out = subprocess.run(["mona", "-w", "-q", file.name], capture_output=True, text=True).stdout
    if "Formula is valid" in out:
        return "0", "0", ["0:XXX>0"]
    if "Formula is unsatisfiable" in out and "Transitions" not in out:
        return "0", "", ["0:XXX>0"]
    variables = re.search(r"free variables: (.*)", out).group(1).split()
    accepting = re.search(r"Accepting states:(.*)", out).group(1).split()
    edges = re.findall(r"State (\d+): ([01X]*) -> state (\d+)", out)
    start = [t for s, _, t in edges if s == "0"][0]
    steps = []
    for source, letters, target in edges:
        value = dict(zip(variables, letters))
        steps.append(f"{source}:{''.join(value.get('P' + a, 'X') for a in ATOMS)}>{target}")
    return start, " ".join(accepting), steps


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    print(f"# {count} formulas (seed {seed}) and MONA's automata, by mona_cases.py")
    for _ in range(count):
        f = formula(rng, rng.randrange(1, 8))
        start, accepting, steps = automaton(f)
        print(f"{text(f)} ; {start} ; {accepting} ; {' '.join(steps)}")


main()
