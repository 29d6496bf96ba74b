// The words and signs of Rew. No modes, no predicates, no actions: every token is a regular expression.
// Newlines are blanks; comments stay on a hidden channel for the formatter and for doc comments.
lexer grammar RewLexer;

// Stands for what could not be read while the rest of a declaration is. No text ever yields it.
tokens { BROKEN }

// Reserved words: never names.
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
IMPLIES : 'implies' ;
UNTIL : 'until' ;
THEN : 'then' ;
IF : 'if' ;
ELSE : 'else' ;
FOR : 'for' ;
IN : 'in' ;
WHEN : 'when' ;
ON : 'on' ;
ONCE : 'once' ;
TRUE : 'true' ;
FALSE : 'false' ;
LET : 'let' ;

// Soft words: names wherever a name fits, never units. They begin declarations ...
MODULE : 'module' ;
USE : 'use' ;
STEP : 'step' ;
UNIT : 'unit' ;
ENUM : 'enum' ;
RECORD : 'record' ;
INPUTS : 'inputs' ;
GROUP : 'group' ;
PAIR : 'pair' ;
PARAM : 'param' ;
EVENT : 'event' ;
FUNCTION : 'function' ;
EXTERN : 'extern' ;
REWARD : 'reward' ;
TERMS : 'terms' ;
SHAPE : 'shape' ;
SUCCESS : 'success' ;
FAILURE : 'failure' ;
TERMINATE : 'terminate' ;
TRUNCATE : 'truncate' ;
METRIC : 'metric' ;
COST : 'cost' ;
OUTPUT : 'output' ;
SKIP_ : 'skip' ;
FORMULA : 'formula' ;
MACHINE : 'machine' ;
OBJECTIVE : 'objective' ;
REQUIRE : 'require' ;
PROPERTY : 'property' ;
TEST : 'test' ;

// ... or stand inside them ...
AS : 'as' ;
WITH : 'with' ;
DROP : 'drop' ;
LASTS : 'lasts' ;
PER : 'per' ;
FROM : 'from' ;
BY : 'by' ;
OVERRIDE : 'override' ;
STAGES : 'stages' ;
AT : 'at' ;
END : 'end' ;
OTHERWISE : 'otherwise' ;
UNLESS : 'unless' ;
RESULT : 'result' ;
INITIAL : 'initial' ;
FINAL : 'final' ;
ANY : 'any' ;
COUNTER : 'counter' ;
EXCLUSIVE : 'exclusive' ;
AFTER : 'after' ;
SET : 'set' ;
MAXIMIZE : 'maximize' ;
MINIMIZE : 'minimize' ;
SUBJECT : 'subject' ;
TO : 'to' ;
PREFER : 'prefer' ;
SLACK : 'slack' ;
ALL : 'all' ;
GIVEN : 'given' ;
STUB : 'stub' ;
SAME : 'same' ;
EXPECT : 'expect' ;
ERROR : 'error' ;
RESET : 'reset' ;
SAMPLE : 'sample' ;
EPISODE : 'episode' ;
TOKEN : 'token' ;
FRAME : 'frame' ;
AGENT : 'agent' ;
PARTICLE : 'particle' ;
BATCH : 'batch' ;
RUN : 'run' ;

// ... or inside expressions.
SINCE : 'since' ;
RELEASE : 'release' ;
WEAK_UNTIL : 'weak_until' ;
MATCHES : 'matches' ;
WITHIN : 'within' ;
OVER : 'over' ;
WHERE : 'where' ;
LAST : 'last' ;

// A number with a compound unit is one token, so that `2 m/s` is a speed and `2 m / s` a division.
QUANTITY : Number [ \t]* Compound ;
NUMBER : Number ;
NAME : Letter (Letter | Digit)* ;
// Between angle brackets without blanks: a unit of any form.
ANGLE : '<' UnitPart ([*/] UnitPart)* '>' ;

RAW_TEXT : 'r' ('"' ~["\r\n]* '"' | '\'' ~['\r\n]* '\'') ;
TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' | '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'' ;
OPEN_TEXT : 'r'? ('"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? | '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\\'?) ;

LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
DOT : '.' ;
DOTDOT : '..' ;
ARROW : '->' ;
ASSIGN : '=' ;
EQ : '==' ;
NE : '!=' | '\u2260' ;
LE : '<=' | '\u2264' ;
GE : '>=' | '\u2265' ;
LT : '<' ;
GT : '>' ;
COALESCE : '??' ;
QUESTION : '?' ;
POWER : '**' ;
STAR : '*' ;
SLASH : '/' ;
MATMUL : '@' ;
PLUS : '+' ;
MINUS : '-' ;
PERCENT : '%' ;

// What other languages write. Never part of a program: they are read so that they can be explained.
SLASH_SLASH : '//' ;
BLOCK_COMMENT : '/*' .*? '*/' ;
OPEN_COMMENT : '/*' ;
CARET : '^' ;
AND_AND : '&&' ;
OR_OR : '||' ;
BANG : '!' ;
SEMICOLON : ';' ;
FOREIGN : '===' | '!==' | ':=' | '=>' | '+=' | '-=' | '*=' | '/=' ;

COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
BLANK : [ \t\r\n\f\u00a0\ufeff]+ -> channel(HIDDEN) ;
OTHER : [\ud800-\udbff] [\udc00-\udfff] | . ;

fragment Digit : [0-9] ;
fragment Letter : [a-zA-Z_] ;
fragment Digits : Digit (Digit | '_')* ;
fragment Number : (Digits ('.' Digits)? | '.' Digits) ([eE] [+-]? Digit+)? ;
fragment UnitName : Letter (Letter | Digit)* | '%' ;
fragment Exponent : '^' '-'? Digit+ ;
fragment Compound : UnitName Exponent? ([*/] UnitName Exponent?)+ | UnitName Exponent ;
fragment UnitPart : (UnitName | '1') Exponent? ;
