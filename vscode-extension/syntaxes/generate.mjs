// Writes rew.tmLanguage.json (npm run grammar). The file is committed; a test compares the two.
//
// Two things make Rew's words hard to colour with regular expressions:
// - Most are soft: people call inputs step, group or over. Declaration words count at the start of
//   an item only, and words between operands only where operands stand around them.
// - A unit follows a number (`2 cm`), and so do many words (`2 when held`).
import * as fs from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const NAME = String.raw`[A-Za-z_]\w*`;
/** The start of an item: a new line, a brace, or the two blanks between items on one line. */
const ITEM = String.raw`(?:^\s*|(?<=[{}])\s*|(?<=[ ]{2}))`;
/** After an operand, or at the start of a continued line. */
const AFTER = String.raw`(?:^\s*|(?<=[\w)\]"'%>?] |[ ]{2}))`;
/** Not a reserved word that goes on with an expression: `step when …` is a value called step. */
const FREE = String.raw`(?!(?:and|or|not|implies|until|if|else|for|in|when|on|once|then)\b)`;
const NUMBER = String.raw`(?:\d[\d_]*(?:\.\d[\d_]*)?|(?<!\.)\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?`;
const FACTOR = String.raw`(?:${NAME}|%)(?:\^-?\d+)?`;
/** `m/s^2`, but none of the words that may follow a number, and not the name of the next item. */
const UNIT =
  String.raw`(?!(?:and|or|implies|until|if|else|for|in|when|on|once|then|as|matches|within|since|release|weak_until|over|where|after|at|otherwise|slack|reward|set|final|from|end|expect)\b)` +
  String.raw`(?>${FACTOR}(?:[*/]${FACTOR})*)(?!\s*(?:=(?!=)|[:(]|->))`;

const declaration = "keyword.declaration";
const keyword = "keyword.other";
const gate = "keyword.control.gate";
// Themes draw an operator as plain text, and one that is a word as a keyword.
const wordOperator = "keyword.operator.wordlike";
const logical = "keyword.operator.wordlike.logical";
const temporal = "keyword.operator.wordlike.temporal";
const assignment = "keyword.operator.assignment";
const defined = "variable.other.definition";
const property = "variable.other.property";
const parameter = "variable.parameter";
const functionName = "entity.name.function";
const section = "entity.name.section";
const state = "entity.name.state";
const typeName = "entity.name.type";
const namespace = "entity.name.namespace";
const unit = "keyword.other.unit";
const colon = "punctuation.separator.annotation";
const include = (name) => ({ include: `#${name}` });
const named = (name) => ({ name: `${name}.rew` });
/** What a capture holds: one of the words of `list`, or else a name of this kind. */
const oneOf = (list, otherwise) => ({
  patterns: [include(list), { match: NAME, ...named(otherwise) }],
});
const unitNames = { patterns: [{ match: NAME, ...named(unit) }, include("punctuation")] };
const scope = oneOf("scopes", parameter);
const type = oneOf("types", typeName);

/** A rule whose capture groups have these scopes, in order. */
const rule = (match, ...scopes) => ({
  match,
  captures: Object.fromEntries(
    scopes.map((each, index) => [index + 1, typeof each === "string" ? named(each) : each]),
  ),
});
/** A rule that has one scope as a whole. */
const whole = (match, name) => ({ match, ...named(name) });
const words = (list, name) => whole(String.raw`\b(?:${list})\b`, name);
const item = (match, ...scopes) => rule(ITEM + match, ...scopes);
const after = (match, ...scopes) => rule(AFTER + match, ...scopes);
const r = String.raw;

const repository = {
  comments: [
    rule(r`((##).*)`, "comment.line.documentation", "punctuation.definition.comment"),
    rule(r`((#).*)`, "comment.line.number-sign", "punctuation.definition.comment"),
    // Other languages' comments are errors in Rew.
    whole(r`//|/\*|\*/`, "invalid.illegal.comment"),
  ],
  strings: [
    pattern('"'),
    pattern("'"),
    text('"', "string.quoted.double"),
    text("'", "string.quoted.single"),
  ],
  declarations: [
    item(r`(module)\s+(${NAME}(?:\.${NAME})*)`, declaration, namespace),
    item(r`(step)\s+(lasts)\b`, declaration, declaration),
    {
      begin: r`${ITEM}(use)\b(?=\s*["'])`,
      end: r`(?=\{)|$`,
      beginCaptures: { 1: named(declaration) },
      patterns: [
        include("comments"),
        include("strings"),
        rule(r`\b(as)\s+(${NAME})`, keyword, namespace),
        rule(r`\b(with)\b`, keyword),
      ],
    },
    rule(r`(?:^\s*|(?<=[{,])\s*|(?<=[ ]{2}))(drop)\s+${FREE}(${NAME})`, keyword, property),
    item(r`(inputs)(?:\s+(per)\s+(${NAME}))?(?=\s*[\[{]|\s*$)`, declaration, keyword, scope),
    item(r`(group)\s+(by)\s+(${NAME})`, declaration, keyword, scope),
    item(
      r`(pair)\s+(${NAME})\s*,\s*(${NAME})\s*(:)\s*(${NAME})`,
      ...[declaration, defined, defined, colon, scope],
    ),
    rule(r`\b(let)\b(?:\s+(${NAME}))?`, declaration, defined),
    item(
      r`(param|event|formula|metric|cost|shape)\s+${FREE}(${NAME})(?=\s*[=:])`,
      ...[declaration, defined],
    ),
    item(
      r`(output)\s+(${NAME})\s+(${NAME})(?=\s*[=:])`,
      ...[declaration, "storage.modifier.role", defined],
    ),
    item(r`(function|extern)\s+(${NAME})`, declaration, functionName),
    item(r`(enum|record)\s+(${NAME})`, declaration, typeName),
    item(r`(unit)\s+${FREE}(${NAME}(?:\s*,\s*${NAME})*)(?=\s*(?:#|$))`, declaration, unitNames),
    item(r`(machine)\s+${FREE}(${NAME})`, declaration, section),
    item(
      r`(terms)\s+${FREE}(${NAME})(?:\s+(per)\s+(${NAME}))?`,
      ...[declaration, section, keyword, scope],
    ),
    item(
      r`(reward|objective)(?:\s+(?!per\b)${FREE}(${NAME}))?(?:\s+(per)\s+(${NAME}))?(?=\s*(?:\{|=(?!=)))`,
      ...[declaration, section, keyword, scope],
    ),
    item(
      r`(success|failure|terminate|truncate)(?:\s+${FREE}(${NAME}))?(?=\s+(?:when|on|once|at\s+end)\b|\s*$)`,
      ...[declaration, defined],
    ),
    item(r`(override)\s+${FREE}(${NAME})(?=\s*=)`, keyword, property),
    item(r`(skip)\s+(unless)\b`, declaration, keyword),
    item(r`(require)\s+${FREE}(?=[\w(\["'-])`, declaration),
    item(r`(test|property)(?=\s*["'])`, declaration),
  ],
  // What stands inside the braces of objectives, machines, stages, externs and tests.
  items: [
    item(r`(maximize|minimize|prefer)\s+${FREE}(?=[\w(\[-])`, keyword),
    item(r`(subject)\s+(to)\b`, keyword, keyword),
    after(r`(slack)(?=\s+[\d.])`, keyword),
    item(r`(initial)\s+${FREE}(${NAME})`, keyword, state),
    item(r`(final)\s+${FREE}(${NAME}(?:\s*,\s*${NAME})*)`, keyword, {
      patterns: [{ match: NAME, ...named(state) }, include("punctuation")],
    }),
    item(
      r`(?:(any)|(${NAME}))\s*(->)\s*(${NAME})`,
      ...[keyword, state, "keyword.operator.arrow", state],
    ),
    item(r`(${NAME})\s*(:)(?=\s*reward\b)`, state, colon),
    item(r`(counter)\s+${FREE}(${NAME})(?=\s+in\b)`, keyword, defined),
    item(r`(exclusive)\s+${FREE}(?=[\w(])`, keyword),
    after(r`(set)(?=\s+${NAME}\s*=(?!=))`, keyword),
    rule(r`(?<![.\w])(reward)(?=\s+[-+\w.(])`, keyword),
    after(r`(after)(?=\s+[\w.(])`, gate),
    rule(r`\b(otherwise)\b(?!\s*[=:.(])`, gate),
    rule(r`\b(at)\s+(end)\b`, gate, gate),
    rule(r`(?<==)\s*(stages)(?=\s*\{|\s+(?:when|on|once|at)\b)`, keyword),
    rule(
      r`(?<==)\s*(${NAME})(?=\s*(?:\([^()]*\)\s*)?(?:(?:when|on|once|at)\b[^{}]*)?\{)`,
      "support.function.combinator",
    ),
    rule(r`(?<=\bon_failure = )(${NAME})`, "support.constant"),
    item(r`(given)\s+${FREE}(${NAME})`, keyword, property),
    item(r`(stub)\s+${FREE}(${NAME})`, keyword, functionName),
    item(r`(expect)\s+(?:(error)\b|${FREE}(?=[\w(\["'-])|(?=not\b))`, keyword, keyword),
    whole(r`\bRW\d{4}\b`, "constant.other.code"),
    rule(r`(?:^\s*|(?<=[{,])\s*)(same)(?=\s*(?:[,}#]|$))`, keyword),
    item(r`(end)(?=\s*(?:$|[#}])|\s+${FREE}[a-z])`, keyword),
    rule(r`(?<=\bfor)\s+(all)\b(?!\s*\()`, keyword),
    item(r`(${NAME})(?=\s+(?:when\b.*\{|otherwise\s*\{))`, section),
    item(r`${FREE}(${NAME})(?=\s*\{)`, oneOf("scopes", section)),
  ],
  words: [
    words("and|or|not|implies", logical),
    words("until|then", temporal),
    words("if|else|for", "keyword.control"),
    words("when|on|once", gate),
    words("in", wordOperator),
    words("true|false", "constant.language.boolean"),
    after(r`(since|release|weak_until)(?=\[|\s+${FREE}[\w(\[-]|\s+not\b|\s*$)`, temporal),
    after(r`(matches|within)(?=\s+[\w.(\["'-])`, wordOperator),
    after(r`(as)\s+(?:(%|${NAME})|(?=<))`, wordOperator, unit),
    after(r`(where)(?=\s+[\w(\["'-])`, keyword),
    after(r`(from)(?=\s*["'])`, keyword),
    rule(
      r`\b(over)\s+${FREE}(${NAME})(?:\s+(and)\s+(batch)\b)?`,
      ...[keyword, scope, logical, scope],
    ),
  ],
  scopes: [
    words(
      "run|batch|group|episode|sample|step|reset|token|frame|agent|particle|pair|agents|past|last|rest",
      "support.type.scope",
    ),
  ],
  types: [words("real|int|bool|text|json|quat|pose", "support.type.primitive")],
  numbers: [rule(r`(?<!\w)(${NUMBER})(?: ?(${UNIT}))?`, "constant.numeric", unit)],
  units: [
    // Without blanks inside, so that it is never two comparisons.
    rule(
      r`(<)((?:1|${FACTOR})(?:[*/](?:1|${FACTOR}))*)(>)`,
      ...["punctuation.definition.unit", unit, "punctuation.definition.unit"],
    ),
    rule(r`(?<=\]) ?(${UNIT})`, unit),
  ],
  annotations: [
    rule(r`\b(${NAME})(?=\s*:\s)`, parameter),
    rule(r`(:)\s+${FREE}(${NAME})(?!\s*\()`, colon, type),
    whole(r`\b[A-Z]\w*[a-z]\w*\b(?!\s*[(.])`, typeName),
  ],
  operators: [
    whole(r`->`, "keyword.operator.arrow"),
    whole(r`\?\?`, "keyword.operator.default"),
    whole(r`\.\.`, "keyword.operator.range"),
    whole(r`==|!=|<=|>=|[<>≤≥≠]`, "keyword.operator.comparison"),
    whole(r`=`, assignment),
    whole(r`\*\*|[-+*/]`, "keyword.operator.arithmetic"),
    whole(r`\?`, "keyword.operator.optional"),
  ],
  functions: [rule(r`\b(${NAME})(?=\(|\[[^\[\]]*\]\()`, "entity.name.function.call")],
  names: [
    whole(r`\b(?:reward|metric|cost|output|terminate|truncate)(?=\.)`, "variable.language"),
    rule(r`(\.)(${NAME})`, "punctuation.accessor", property),
    rule(r`\b(${NAME})(?=\s*=(?!=))`, property),
    include("builtins"),
  ],
  // Names to the parser too: an input of the same name replaces them.
  builtins: [
    words("total|step|time|dt|me|result|progress|terminated|truncated", "variable.language"),
  ],
  punctuation: [
    whole(r`[{}]`, "punctuation.section.block"),
    whole(r`[\[\]]`, "punctuation.section.brackets"),
    whole(r`[()]`, "punctuation.section.parens"),
    whole(r`,`, "punctuation.separator.comma"),
    whole(r`:`, colon),
  ],
};

/** A text ends with its line, so that an open quote can't swallow the file. */
function text(quote, name) {
  return {
    begin: quote,
    end: `(${quote})|$`,
    ...named(name),
    beginCaptures: { 0: named("punctuation.definition.string.begin") },
    endCaptures: { 1: named("punctuation.definition.string.end") },
    patterns: [whole(r`\\.`, "constant.character.escape")],
  };
}

/** A raw text: a backslash before the quote does not keep it from ending. */
function pattern(quote) {
  return {
    begin: `\\b(r)(${quote})`,
    end: `(${quote})|$`,
    ...named("string.regexp"),
    beginCaptures: {
      1: named("storage.type.string"),
      2: named("punctuation.definition.string.begin"),
    },
    endCaptures: { 1: named("punctuation.definition.string.end") },
    patterns: [
      whole(r`\\[^${quote}]`, "constant.character.escape.regexp"),
      whole(
        r`\[\^?\]?(?:\\[^${quote}]|[^\]\\${quote}])*\]`,
        "constant.other.character-class.set.regexp",
      ),
      whole(r`\(\?(?:[imsux-]+[:)]|:|P?<\w+>)|[()]`, "punctuation.definition.group.regexp"),
      whole(r`[*+?]\??|\{\d+(?:,\d*)?\}`, "keyword.operator.quantifier.regexp"),
      whole(r`[|^$]`, "keyword.operator.regexp"),
    ],
  };
}

/** In the order in which they are tried where several fit at the same place. */
const TOP = [
  ...["comments", "strings", "declarations", "items", "words", "numbers", "units"],
  ...["annotations", "operators", "functions", "names", "punctuation"],
];

export const grammar = {
  comment: "Written by generate.mjs; change that file.",
  name: "Rew",
  scopeName: "source.rew",
  fileTypes: ["rew"],
  patterns: TOP.map(include),
  repository: Object.fromEntries(
    Object.entries(repository).map(([name, patterns]) => [name, { patterns }]),
  ),
};

export const json = `${JSON.stringify(grammar, null, 2)}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(fileURLToPath(new URL("rew.tmLanguage.json", import.meta.url)), json);
}
