"""Evaluates Rew expressions as the Python that they also are, on NumPy doubles.

Reads lines of JSON {"expression": text, "inputs": [{name: number | bool | list}, ...]} from standard
input and writes, for each, a line with the list of results, each a list of elements, row by row: a
float as its 16 hexadecimal digits, a bool as true or false, null where something undefined was
compared (there Rew's logic has three values and Python's two). Shares no code with Rew.
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


def least(a, b):
    """NaN wins, and -0 lies below 0."""
    first = (a < b) | ((a == b) & np.signbit(a))
    return np.where(np.isnan(a) | np.isnan(b), math.nan, np.where(first, a, b))[()]


def most(a, b):
    return -least(-np.asarray(a), -np.asarray(b))


def gathered(values, axis):
    """What is reduced along axes, one array after the other, row by row."""
    if not isinstance(values, np.ndarray):
        return list(values)
    if axis is None:
        return list(values.ravel())
    axes = sorted(a % values.ndim for a in (axis if isinstance(axis, (list, np.ndarray)) else [axis]))
    moved = np.moveaxis(values, axes, range(len(axes)))
    return list(moved.reshape(-1, *moved.shape[len(axes):]))


def total(values, axis=None):
    """From the left, from 0: NumPy's own sum adds in pairs."""
    return reduce(lambda a, b: a + b, gathered(values, axis), np.float64(0))


def product(values, axis=None):
    return reduce(lambda a, b: a * b, gathered(values, axis), np.float64(1))


def mean(values, axis=None):
    return total(values, axis) / len(gathered(values, axis))


def variance(values, axis=None):
    parts = gathered(values, axis)
    middle = mean(values, axis)
    return total((part - middle) ** 2 for part in parts) / len(parts)


def extreme(two):
    """One array is reduced, several are compared."""

    def apply(*given, axis=None):
        return reduce(two, gathered(given[0], axis) if len(given) == 1 else given)

    return apply


def whole(function):
    """An int of Rew: undefined beyond 2^53."""

    def apply(x):
        y = function(x)
        return np.where(abs(y) < 2**53, y, math.nan)[()]

    return apply


def matmul(a, b):
    """As sums from the left."""
    if b.ndim == 1:
        return total(a[..., i] * b[i] for i in range(len(b)))
    if a.ndim == 1:
        return total(a[i] * b[i] for i in range(len(a)))
    return total(a[..., :, i, None] * b[..., i, None, :] for i in range(a.shape[-1]))


def ordered(x):
    """Along the last axis, -0 before 0, NaN last."""
    key = lambda v: (math.isnan(v), v, math.copysign(1, v))
    return np.apply_along_axis(lambda row: np.array(sorted(row, key=key)), -1, x)


def replaced(x, at, value):
    copy = np.array(x)
    copy[tuple(at) if isinstance(at, list) else at] = value
    return copy


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
    "min": extreme(least),
    "max": extreme(most),
    "sum": total,
    "prod": product,
    "mean": mean,
    "var": variance,
    "std": lambda x, axis=None: np.sqrt(variance(x, axis)),
    "any": lambda x, axis=None: reduce(np.logical_or, gathered(x, axis)),
    "all": lambda x, axis=None: reduce(np.logical_and, gathered(x, axis)),
    "count": lambda x, axis=None: total(np.asarray(x) * 1.0, axis),
    "argmin": lambda x, axis=None: np.argmin(x, axis=axis),
    "argmax": lambda x, axis=None: np.argmax(x, axis=axis),
    "zip": zip,
    "range": range,
    "clamp": lambda x, a, b: least(most(x, a), b),
    "matmul": matmul,
    "transpose": np.transpose,
    "reshape": np.reshape,
    "flatten": np.ravel,
    "concatenate": np.concatenate,
    "stack": np.stack,
    "sort": ordered,
    "set": replaced,
}


class Undefined(Exception):
    pass


def power(base, exponent):
    """As Java has it: 1 to an infinite or undefined power is undefined, where C says 1."""
    if not np.isfinite(exponent) and abs(base) == 1:
        return np.float64(math.nan)
    return base**exponent


COMPARE = {
    "Lt": lambda a, b: a < b,
    "LtE": lambda a, b: a <= b,
    "Gt": lambda a, b: a > b,
    "GtE": lambda a, b: a >= b,
    "Eq": lambda a, b: a == b,
    "NotEq": lambda a, b: a != b,
}


def compare(operators, *operands):
    if any(np.any(np.isnan(operand)) for operand in operands):
        raise Undefined
    return reduce(np.logical_and, (COMPARE[o](a, b) for o, a, b in zip(operators, operands, operands[1:])))


def choose(condition, then, otherwise):
    if np.ndim(condition):
        return np.where(condition, then(), otherwise())
    return then() if condition else otherwise()


INTERNAL = {"F": np.float64, "P": power, "C": compare, "W": choose, "M": matmul, "A": np.array}


def call(node, name, *given):
    return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), list(given), []), node)


def later(node):
    return ast.Lambda(ast.arguments([], [], None, [], [], None, []), node)


class Arrays(ast.NodeTransformer):
    """What Python would do with Python's own numbers and lists, done with NumPy's, element by element."""

    def visit_Constant(self, node):
        """Python's own divide by zero raises."""
        return call(node, "F", node) if isinstance(node.value, float) else node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        names = {ast.Pow: "P", ast.MatMult: "M"}
        name = names.get(type(node.op))
        return call(node, name, node.left, node.right) if name else node

    def visit_Compare(self, node):
        self.generic_visit(node)
        operators = ast.Tuple([ast.Constant(type(o).__name__) for o in node.ops], ast.Load())
        return call(node, "C", operators, node.left, *node.comparators)

    def visit_IfExp(self, node):
        self.generic_visit(node)
        return call(node, "W", node.test, later(node.body), later(node.orelse))

    def visit_ListComp(self, node):
        self.generic_visit(node)
        return call(node, "A", node)


def value(x):
    if isinstance(x, bool):
        return x
    if isinstance(x, list):
        return np.array([value(v) for v in x])
    return np.float64(x)


def element(x):
    return bool(x) if isinstance(x, (bool, np.bool_)) else struct.pack(">d", float(x)).hex()


def main():
    for line in sys.stdin:
        case = json.loads(line)
        tree = Arrays().visit(ast.parse(case["expression"], mode="eval"))
        code = compile(ast.fix_missing_locations(tree), "expression", "eval")
        results = []
        for row in case["inputs"]:
            names = {name: value(x) for name, x in row.items()}
            # One namespace: comprehensions see only globals.
            try:
                results.append([element(x) for x in np.ravel(eval(code, FUNCTIONS | INTERNAL | names))])
            except Undefined:
                results.append(None)
        print(json.dumps(results))


main()
