"""Formulas to minimal automata: Rew, warm in one JVM, beside LTLf2DFA, which starts MONA.

    python3 ltlf.py CLASS_PATH [JAVA]

CLASS_PATH has the classes of the benchmarks and what they need. Needs ltlf2dfa 2.0.0 from PyPI and
`mona` on the path. Prints a table: for each family the largest n that both finish in a minute, with
times and the states of Rew's automaton, then the largest n that Rew was asked for.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

from ltlf2dfa import ltlf2dfa
from ltlf2dfa.parser.ltlf import LTLfParser

LIMIT = 60
ROUNDS = 7
LARGEST = 12


def each(n, one, between):
    return between.join("(" + one.replace("#", str(i)) + ")" for i in range(1, n + 1))


def nested(n, left, join):
    f = "p1" if left else f"p{n}"
    for i in range(2, n + 1):
        f = join(f"({f})", f"p{i}") if left else join(f"p{n + 1 - i}", f"({f})")
    return f


FAMILIES = {
    "and of F p": lambda n: each(n, "F(p#)", " & "),
    "or of G p": lambda n: each(n, "G(p#)", " | "),
    "and of G F p": lambda n: each(n, "G(F(p#))", " & "),
    "u-left": lambda n: nested(n, True, lambda a, b: f"{a} U {b}"),
    "u-right": lambda n: nested(n, False, lambda a, b: f"{a} U {b}"),
    "r-left": lambda n: nested(n, True, lambda a, b: f"{a} R {b}"),
    "r-right": lambda n: nested(n, False, lambda a, b: f"{a} R {b}"),
    "and of G(a -> F b)": lambda n: each(n, "G(a# -> F(b#))", " & "),
    "F(a & X^n b)": lambda n: "F(a & " + "X(" * n + "b" + ")" * (n + 1),
    "G(a -> X^n b)": lambda n: "G(a -> " + "X(" * n + "b" + ")" * (n + 1),
    "strict chain": lambda n: "".join(f"F(p{i} & X(" for i in range(1, n)) + f"F(p{n})" + "))" * (n - 1),
}


def random_formula(rng, size):
    if size == 0:
        return rng.choice("abcd")
    if rng.random() < 0.5:
        return f"{rng.choice(['!', 'X', 'WX', 'F', 'G'])}({random_formula(rng, size - 1)})"
    left = rng.randrange(size)
    parts = random_formula(rng, left), random_formula(rng, size - 1 - left)
    return f"({parts[0]}) {rng.choice(['&', '|', '->', 'U', 'R'])} ({parts[1]})"


def patient_mona():
    """As LTLf2DFA calls MONA, but with our time limit in place of its own."""
    process = subprocess.Popen(
        f"mona -q -u -w {ltlf2dfa.PACKAGE_DIR}/automa.mona",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=os.setsid, shell=True, encoding="utf-8")
    try:
        return process.communicate(timeout=LIMIT)[0].strip()
    except subprocess.TimeoutExpired:
        os.killpg(os.getpgid(process.pid), signal.SIGTERM)
        return False


def theirs(text):
    """Seconds, or None past the limit."""
    start = time.perf_counter()
    answer = LTLfParser()(text).to_dfa()
    seconds = time.perf_counter() - start
    return seconds if seconds < LIMIT and answer else None


def ours(formulas, class_path, java):
    with tempfile.NamedTemporaryFile("w", suffix=".ltlf") as file:
        file.write("\n".join(formulas) + "\n")
        file.flush()
        out = subprocess.run(
            [java, "-XX:+UseSerialGC", "-cp", class_path, "org.rewlang.bench.LtlfTiming", file.name, str(ROUNDS)],
            capture_output=True, text=True, check=True).stdout
    return [(int(line.split()[0]), float(line.split()[1])) for line in out.splitlines()]


def main():
    class_path = sys.argv[1]
    java = sys.argv[2] if len(sys.argv) > 2 else "java"
    ltlf2dfa.invoke_mona = patient_mona
    rng = random.Random(1)
    sets = {f"100 random of {size} operators": [random_formula(rng, size) for _ in range(100)] for size in (5, 10, 15)}
    family = {name: [f(n) for n in range(2, LARGEST + 1)] for name, f in FAMILIES.items()}
    formulas = [f for one in family.values() for f in one] + [f for one in sets.values() for f in one]
    measured = dict(zip(formulas, ours(formulas, class_path, java)))
    theirs("a")
    print("| formulas | n | LTLf2DFA, ms | Rew, ms | ratio | states |\n|---|---|---|---|---|---|", flush=True)
    for name, texts in family.items():
        for n, text in enumerate(texts, 2):
            states, ms = measured[text]
            seconds = theirs(text) if n < 3 or seconds is not None else None
            if seconds is not None:
                print(f"| {name} | {n} | {1000 * seconds:.0f} | {ms:.2f} | {1000 * seconds / ms:.0f} | {states} |", flush=True)
            elif n == LARGEST:
                print(f"| {name} | {n} | | {ms:.2f} | | {states} |", flush=True)
    for name, texts in sets.items():
        times = [theirs(text) for text in texts]
        done = [(t, measured[f]) for t, f in zip(times, texts) if t is not None]
        seconds = sum(t for t, _ in done)
        ms = sum(m for _, (_, m) in done)
        print(f"| {name} | {len(done)} done | {1000 * seconds:.0f} | {ms:.1f} | {1000 * seconds / ms:.0f} | |", flush=True)
        worst = min(1000 * t / m for t, (_, m) in done)
        slow = max((m for t, (_, m) in done if t < 1), default=0)
        print(f"<!-- {name}: least ratio {worst:.1f}; most that Rew took where LTLf2DFA took less than 1 s: {slow:.2f} ms -->", flush=True)


main()
