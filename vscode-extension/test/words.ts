/** The words that the TextMate grammar and the lexer know. */
import * as fs from "node:fs";
import * as path from "node:path";
import { GRAMMAR, REPOSITORY } from "./grammar";

export const LEXER = path.join(REPOSITORY, "grammar/src/main/antlr4/org/rewlang/parse/RewLexer.g4");

interface Rule {
  match?: string;
  begin?: string;
  end?: string;
  patterns?: Rule[];
}
interface Grammar {
  repository: Record<string, Rule>;
}

export function readGrammar(): Grammar {
  return JSON.parse(fs.readFileSync(GRAMMAR, "utf8")) as Grammar;
}

/** Entries whose words may be plain names to the lexer: `real` and `total` are not reserved. */
const NAMES = ["types", "scopes", "builtins"];
/** Entries of what is written inside a text, which is not Rew. */
const FOREIGN = ["strings"];

export function keywordsOf(grammar: Grammar): { keywords: Set<string>; names: Set<string> } {
  const keywords = new Set<string>();
  const names = new Set<string>();
  for (const [entry, rule] of Object.entries(grammar.repository)) {
    const words = FOREIGN.includes(entry) ? [] : wordsOf(rule);
    words.forEach((word) => (NAMES.includes(entry) ? names : keywords).add(word));
  }
  return { keywords, names };
}

function wordsOf(rule: Rule): string[] {
  const own = [rule.match, rule.begin, rule.end].flatMap((pattern) => wordsIn(pattern ?? ""));
  return own.concat((rule.patterns ?? []).flatMap(wordsOf));
}

/** The words that a regular expression spells out; what it looks ahead or behind for doesn't count. */
function wordsIn(pattern: string): string[] {
  const letters = withoutLookaround(pattern)
    .replace(/\\./g, " ")
    .replace(/\[[^\]]*\]/g, " ");
  return letters.match(/[a-z_]{2,}/g) ?? [];
}

function withoutLookaround(pattern: string): string {
  const start = pattern.search(/\(\?<?[=!]/);
  if (start < 0) {
    return pattern;
  }
  let depth = 0;
  let inClass = false;
  let end = start;
  for (; end < pattern.length; end++) {
    const char = pattern[end];
    if (char === "\\") {
      end++;
    } else if (inClass) {
      inClass = char !== "]";
    } else if (char === "[") {
      inClass = true;
    } else if (char === "(") {
      depth++;
    } else if (char === ")" && --depth === 0) {
      break;
    }
  }
  return pattern.slice(0, start) + " " + withoutLookaround(pattern.slice(end + 1));
}

/** Every quoted word of an ANTLR lexer, comments left out. */
export function lexerWords(source: string): Set<string> {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return new Set([...code.matchAll(/'([a-z_]{2,})'/g)].map((match) => match[1]!));
}
