// The grammar of Rew: stratified, no left recursion, no predicates, no actions; SLL prediction is enough.
// Items begin with a word and `=`, `:` or `->`, which no expression begins with: so newlines mean nothing.
parser grammar RewParser;

// The superclass is named in full because our own Parser stands in the same package.
options { tokenVocab = RewLexer; superClass = org.antlr.v4.runtime.Parser; }

program : declaration* EOF ;

expressionOnly : expression EOF ;

declaration
    : moduleDecl
    | useDecl
    | stepDecl
    | unitDecl
    | enumDecl
    | recordDecl
    | inputsDecl
    | groupDecl
    | pairDecl
    | paramDecl
    | letDecl
    | eventDecl
    | functionDecl
    | externDecl
    | rewardDecl
    | termsDecl
    | shapeDecl
    | outcomeDecl
    | loggedDecl
    | outputDecl
    | skipDecl
    | formulaDecl
    | machineDecl
    | objectiveDecl
    | requireDecl
    | propertyDecl
    | testDecl
    ;

moduleDecl : MODULE name ;

useDecl : USE TEXT (AS name changes? | changes (AS name)?)? ;

changes : WITH LBRACE (change COMMA?)* RBRACE ;

change : DROP path | path ASSIGN expression ;

path : name (DOT name)* ;

stepDecl : STEP LASTS sum ;

unitDecl : UNIT names ;

enumDecl : ENUM name LBRACE name (COMMA name)* COMMA? RBRACE ;

recordDecl : RECORD name fields ;

inputsDecl : INPUTS (PER name atMost?)? fields ;

atMost : LBRACK DOTDOT bound RBRACK ;

fields : LBRACE (field COMMA?)* RBRACE ;

field : name COLON type views? (IN limits)? (FROM TEXT)? ;

views : LBRACE (view COMMA?)* RBRACE ;

view : name COLON NUMBER (COLON NUMBER)? ;

groupDecl : GROUP BY name atMost? ;

pairDecl : PAIR name COMMA name COLON name ;

paramDecl : PARAM name (COLON type)? ASSIGN sum (IN limits)? ;

letDecl : LET name (COLON type)? ASSIGN expression ;

eventDecl : EVENT name ASSIGN expression ;

functionDecl : FUNCTION name unitNames? sizeNames? parameters (COLON type)? (ASSIGN expression | body) ;

unitNames : ANGLE | LT name (COMMA name)* COMMA? GT ;

sizeNames : LBRACK sizeName (COMMA sizeName)* COMMA? RBRACK ;

// With a star: any number of axes.
sizeName : STAR? name ;

parameters : LPAREN (parameter (COMMA parameter)* COMMA?)? RPAREN ;

parameter : name (COLON type)? (OVER name)? (ASSIGN expression)? ;

body : LBRACE (letDecl COMMA?)* RESULT ASSIGN expression COMMA? RBRACE ;

externDecl : EXTERN name parameters COLON type (IN limits)? (LBRACE options_? RBRACE)? ;

// What is paid.

rewardDecl : REWARD name? (PER name)? (block | ASSIGN (combined | expression)) ;

termsDecl : TERMS name (PER name)? (block | ASSIGN combined) ;

// A gate may stand before the brace of a block within a block.
combined : combinator? gate? block | STAGES gate? stages ;

combinator : NAME arguments? ;

block : LBRACE (item COMMA?)* RBRACE ;

item : OVERRIDE? name ASSIGN (combined | expression gate?) ;

stages : LBRACE (stage COMMA?)* RBRACE ;

stage : name (gate | OTHERWISE) block | name ASSIGN combinator (gate | OTHERWISE) block ;

gate : WHEN expression | ON expression | ONCE expression | AT END (WHEN expression)? ;

shapeDecl : SHAPE name ASSIGN expression ;

outcomeDecl : (SUCCESS | FAILURE | TERMINATE | TRUNCATE) name? gate ;

loggedDecl : (METRIC | COST) name ASSIGN expression gate? ;

outputDecl : OUTPUT name name ASSIGN expression gate? ;

skipDecl : SKIP_ UNLESS expression ;

// Machines, formulas, objectives.

formulaDecl : FORMULA name ASSIGN expression ;

machineDecl : MACHINE name forClause? (FROM expression)? LBRACE machineRule* RBRACE ;

machineRule
    : INITIAL name
    | FINAL names
    | COUNTER name IN limits
    | EXCLUSIVE expressions
    | edge
    | name COLON REWARD expression
    ;

edge : name ARROW name (OTHERWISE | guard? (AFTER sum)?) (REWARD expression)? (SET options_)? ;

guard : WHEN expression | ON expression ;

objectiveDecl : OBJECTIVE name? LBRACE clause* RBRACE ;

clause
    : MAXIMIZE expression
    | MINIMIZE expression
    | SUBJECT TO expressions
    | PREFER preference (COMMA preference)*
    ;

preference : expression (SLACK expression)? ;

// Tests.

requireDecl : REQUIRE expression ;

propertyDecl : PROPERTY TEXT (FOR ALL quantifier (COMMA quantifier)*)? LBRACE expressions COMMA? RBRACE ;

quantifier : names IN range ;

testDecl : TEST TEXT LBRACE (given | action)* RBRACE ;

// Not within a step: there, what follows `given a = 1` could be an input of the step.
given : GIVEN (setParam COMMA?)+ ;

// The parameter of a used file stands behind its name: `given walk.sigma = 0.3`.
setParam : path ASSIGN expression ;

action
    : STUB name (LPAREN names? RPAREN)? ASSIGN expression # Stub
    | EXPECT ERROR NAME # ExpectError
    | EXPECT expressions # Expect
    | END # End
    | scope LBRACE setting* RBRACE # Enter
    | PAIR LBRACE side* RBRACE # Sides
    ;

side : NAME LBRACE setting* RBRACE ;

setting : SAME COMMA? | option COMMA? | action ;

scope : STEP | RESET | SAMPLE | EPISODE | TOKEN | FRAME | AGENT | PARTICLE | GROUP | BATCH | RUN ;

options_ : (option COMMA?)+ ;

option : name ASSIGN expression ;

// Types.

type : (path dims? ANGLE? | BROKEN) QUESTION? ;

dims : LBRACK dim (COMMA dim)* COMMA? RBRACK ;

dim : DOTDOT? bound | STAR name ;

// A declared range may be open on either side; its names are no soft words, so that
// `in 0..` can end before the next declaration.
limits : DOTDOT limit | limit (DOTDOT limit?)? ;

limit : limitTerm ((PLUS | MINUS) limitTerm)* ;

limitTerm : limitFactor ((STAR | SLASH) limitFactor)* ;

limitFactor : MINUS* limitAtom (POWER limitFactor)? ;

limitAtom : number | NAME arguments? | list | LPAREN expression RPAREN | BROKEN ;

// Expressions, from loose to tight.

expressions : expression (COMMA expression)* ;

expression : implication (IF implication ELSE expression)? ;

implication : disjunction (IMPLIES implication)? ;

disjunction : conjunction (OR conjunction)* ;

conjunction : temporal (AND temporal)* ;

temporal : negation ((UNTIL | SINCE | RELEASE | WEAK_UNTIL | THEN) temporal)? ;

negation : NOT* coalesce ;

coalesce : comparison (COALESCE fallback)* ;

fallback : MINUS* postfix ;

comparison : range link* ;

link
    : (EQ | NE) range (WITHIN range)?
    | (LT | LE | GT | GE | MATCHES | NOT? IN) range
    ;

range : DOTDOT sum | sum (DOTDOT sum)? ;

sum : product ((PLUS | MINUS) product)* ;

product : conversion ((STAR | SLASH | MATMUL) conversion)* ;

conversion : unary (AS (NAME | PERCENT | ANGLE))? ;

unary : MINUS* power ;

power : postfix (POWER unary)? ;

postfix : number | primary suffix* ;

suffix : DOT name | LBRACK subscript (COMMA subscript)* COMMA? RBRACK | arguments ;

// `...` stands for all axes that the other positions leave.
subscript : DOTDOT DOT | bound? COLON bound? | expression ;

// A bound of a slice or a length: a number in it has no unit, so that a colon can follow it.
bound : boundTerm ((PLUS | MINUS) boundTerm)* ;

boundTerm : boundFactor ((STAR | SLASH) boundFactor)* ;

boundFactor : MINUS* (NUMBER | primary suffix*) ;

primary : TEXT | RAW_TEXT | TRUE | FALSE | name | list | LPAREN expression RPAREN | BROKEN ;

number : NUMBER unit? | QUANTITY ;

unit : NAME | PERCENT | ANGLE ;

list : LBRACK (expression (comprehension | (COMMA expression)* COMMA?))? RBRACK unit? ;

comprehension : forClause+ (IF implication)? ;

forClause : FOR targets IN implication ;

targets : target (COMMA target)* ;

// `i, (x, y)` takes an element apart as it is made.
target : name | LPAREN targets RPAREN ;

arguments : LPAREN (argument (COMMA argument)* COMMA?)? RPAREN ;

argument : (name ASSIGN)? expression (DOTDOT | comprehension | over)? ;

over : OVER reach (SINCE expression)? (WHERE expression)? ;

// What an aggregation ranges over.
reach : LAST sum | reachName (AND reachName)* ;

names : name (COMMA name)* ;

name : reachName | LAST ;

reachName
    : NAME | MODULE | USE | STEP | UNIT | ENUM | RECORD | INPUTS | GROUP | PAIR | PARAM | EVENT | FUNCTION
    | EXTERN | REWARD | TERMS | SHAPE | SUCCESS | FAILURE | TERMINATE | TRUNCATE | METRIC | COST | OUTPUT
    | SKIP_ | FORMULA | MACHINE | OBJECTIVE | REQUIRE | PROPERTY | TEST | AS | WITH | DROP | LASTS | PER
    | FROM | BY | OVERRIDE | STAGES | AT | END | OTHERWISE | UNLESS | RESULT | INITIAL | FINAL | ANY
    | COUNTER | EXCLUSIVE | AFTER | SET | MAXIMIZE | MINIMIZE | SUBJECT | TO | PREFER | SLACK | ALL | GIVEN
    | STUB | SAME | EXPECT | ERROR | RESET | SAMPLE | EPISODE | TOKEN | FRAME | AGENT | PARTICLE | BATCH
    | RUN | SINCE | RELEASE | WEAK_UNTIL | MATCHES | WITHIN | OVER | WHERE
    ;
