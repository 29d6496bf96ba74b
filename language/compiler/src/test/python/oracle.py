"""Evaluates Rew expressions as the Python that they also are, on NumPy doubles.

Reads lines of JSON {"expression": text, "inputs": [{name: number | bool | list}, ...]} from standard
input and writes, for each, a line with the list of results: a float as its 16 hexadecimal digits,
a bool as true or false, null where something undefined was compared (there Rew's logic has three
values and Python's two). Shares no code with Rew.
"""

import ast
import json
import math
import struct
import sys
import warnings
from functools import reduce

import numpy as np

warnings.filterwarnings("ignore")


def total(values):
    """From the left, from 0: NumPy's own sum adds in pairs."""
    return reduce(lambda a, b: a + b, values, np.float64(0))


def least(*values):
    """NaN wins, and -0 lies below 0."""
    if any(np.isnan(v) for v in values):
        return np.float64(math.nan)
    return min(values, key=lambda v: (v, math.copysign(1, v)))


def most(*values):
    if any(np.isnan(v) for v in values):
        return np.float64(math.nan)
    return max(values, key=lambda v: (v, math.copysign(1, v)))


def spread(function):
    """One vector is reduced, several scalars are compared."""
    return lambda *a: function(*(a[0] if len(a) == 1 else a))


def whole(function):
    """An int of Rew: undefined beyond 2^53."""

    def apply(x):
        y = function(x)
        return y if abs(y) < 2**53 else np.float64(math.nan)

    return apply


FUNCTIONS = {
    "__builtins__": {},
    "true": True,
    "false": False,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "floor": whole(np.floor),
    "round": whole(np.rint),
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan2": np.arctan2,
    "tanh": np.tanh,
    "F": np.float64,
    "min": spread(least),
    "max": spread(most),
    "sum": lambda v: total(v),
    "any": any,
    "all": all,
    "zip": zip,
    "range": range,
    "clamp": lambda x, a, b: least(most(x, a), b),
}


def power(base, exponent):
    """As Java has it: 1 to an infinite or undefined power is undefined, where C says 1."""
    if not np.isfinite(exponent) and abs(base) == 1:
        return np.float64(math.nan)
    return base**exponent


FUNCTIONS["P"] = power


class Undefined(Exception):
    pass


COMPARE = {
    "Lt": lambda a, b: a < b,
    "LtE": lambda a, b: a <= b,
    "Gt": lambda a, b: a > b,
    "GtE": lambda a, b: a >= b,
    "Eq": lambda a, b: a == b,
    "NotEq": lambda a, b: a != b,
}


def compare(operators, *operands):
    if any(np.isnan(operand) for operand in operands):
        raise Undefined
    return all(COMPARE[o](a, b) for o, a, b in zip(operators, operands, operands[1:]))


FUNCTIONS["C"] = compare


class Doubles(ast.NodeTransformer):
    """Literals as NumPy doubles: Python's own divide by zero raises."""

    def visit_Constant(self, node):
        if not isinstance(node.value, float):
            return node
        name = ast.Name("F", ast.Load())
        return ast.copy_location(ast.Call(name, [node], []), node)

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        call = ast.Call(ast.Name("P", ast.Load()), [node.left, node.right], [])
        return ast.copy_location(call, node)

    def visit_Compare(self, node):
        self.generic_visit(node)
        operators = ast.Tuple([ast.Constant(type(o).__name__) for o in node.ops], ast.Load())
        operands = [operators, node.left, *node.comparators]
        return ast.copy_location(ast.Call(ast.Name("C", ast.Load()), operands, []), node)


def value(x):
    if isinstance(x, bool):
        return x
    if isinstance(x, list):
        return np.array([value(v) for v in x])
    return np.float64(x)


def result(x):
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, np.ndarray):
        return [result(v) for v in x]
    return struct.pack(">d", float(x)).hex()


def main():
    for line in sys.stdin:
        case = json.loads(line)
        tree = Doubles().visit(ast.parse(case["expression"], mode="eval"))
        code = compile(ast.fix_missing_locations(tree), "expression", "eval")
        results = []
        for row in case["inputs"]:
            names = {name: value(x) for name, x in row.items()}
            # One namespace: comprehensions see only globals.
            try:
                results.append(result(eval(code, FUNCTIONS | names)))
            except Undefined:
                results.append(None)
        print(json.dumps(results))


main()
