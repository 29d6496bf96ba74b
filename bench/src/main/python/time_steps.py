"""Steps of programs with formulas and machines, beside RTAMT, by turns in one run.

    python3 time_steps.py ROUNDS CLASS_PATH JAVA [OPTION …]

CLASS_PATH has the classes of the benchmarks and what they need; OPTIONs are Java's. Needs rtamt
0.4.10 from PyPI; its discrete time, online, in Python. Prints, of each subject, the median of the
rounds after the first third: nanoseconds of processor time a step, and bytes allocated.
"""

import os
import random
import statistics
import subprocess
import sys
import time

import rtamt

UPDATES = 2_000
WINDOWS = (10, 100, 1_000)


def specification(n):
    s = rtamt.StlDiscreteTimeSpecification()
    s.declare_var("x", "float")
    s.spec = f"historically[0,{n}](x > 0)"
    s.parse()
    return s


def main():
    rounds, class_path, java = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    process = subprocess.Popen(
        [*java, "-XX:+UseSerialGC", "-cp", class_path, "org.rewlang.bench.TimeTiming", "truffle"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    rng = random.Random(7)
    theirs = {n: specification(n) for n in WINDOWS}
    at = dict.fromkeys(WINDOWS, 0)
    taken = {}
    loads = []
    for turn in range(rounds):
        process.stdin.write("\n")
        process.stdin.flush()
        kept = turn >= rounds // 3
        for one in process.stdout.readline().split():
            name, numbers = one.split("=")
            if kept:
                taken.setdefault(name, []).append(tuple(map(float, numbers.split(":"))))
        for n, s in theirs.items():
            values = [rng.gauss(0, 1) for _ in range(UPDATES)]
            start = time.process_time()
            for i, value in enumerate(values, at[n]):
                s.update(i, [("x", value)])
            at[n] += UPDATES
            if kept:
                taken.setdefault(f"rtamt-{n}", []).append(
                    ((time.process_time() - start) * 1e9 / UPDATES, float("nan")))
        loads.append(os.getloadavg()[0])
    process.stdin.close()
    process.wait()
    print("| subject | ns a step | least | most | bytes a step |\n|---|---|---|---|---|")
    for name, numbers in taken.items():
        ns = [a for a, _ in numbers]
        print(f"| {name} | {statistics.median(ns):.1f} | {min(ns):.1f} | {max(ns):.1f} | {numbers[-1][1]:.2f} |")
    for n in WINDOWS:
        ratios = [a / b for (a, _), (b, _) in zip(taken[f"rtamt-{n}"], taken[f"robustness-{n}"])]
        print(f"rtamt / Rew at {n}: {statistics.median(ratios):.0f} ({min(ratios):.0f} to {max(ratios):.0f})")
    print(f"{rounds} rounds, load {min(loads):.1f} to {max(loads):.1f}")


main()
