/** Words of the Serve language. Strings are one token each, read by TextLexer; their `${…}` parts are lexed again by the syntax phase. */
lexer grammar ServeLexer;

options { superClass = TextLexer; }

channels { TRIVIA }

// CALL and INDEX are "(" and "[" that touch what is before them; FOREACH is "for" before "each"; NEGATIVE is "-" with
// no operand before it; MISSING stands where a value was left out. The syntax phase retypes or inserts them, the lexer
// never does.
// OPEN_STRING lacks its last quote; DEEP_STRING nests its "${…}" parts too deeply.
tokens { CALL, INDEX, FOREACH, NEGATIVE, MISSING, OPEN_STRING, DEEP_STRING }

DOC           : '///' ~[\r\n]* -> channel(TRIVIA);
LINE_COMMENT  : '//' ~[\r\n]* -> channel(TRIVIA);
BLOCK_COMMENT : '/*' .*? '*/' -> channel(TRIVIA);
OPEN_COMMENT  : '/*' (~[*] | '*' ~[/])* '*'? EOF;
NEWLINE       : ('\r\n' | '\n' | '\r') -> channel(TRIVIA);
SPACE         : [ \t\u000c\u00a0\ufeff]+ -> channel(TRIVIA);

IMPORT      : 'import';
PROJECT     : 'project';
MODEL       : 'model';
RUNTIME     : 'runtime';
ACCELERATOR : 'accelerator';
ENV         : 'env';
PARAM       : 'param';
SECRET      : 'secret';
TYPE        : 'type';
GRAPH       : 'graph';
ROLLOUT     : 'rollout';
POLICY      : 'policy';
TEST        : 'test';
FOR         : 'for';
EACH        : 'each';
FROM        : 'from';
ON          : 'on';
EXTENDS     : 'extends';
WITH        : 'with';
WHERE       : 'where';
IN          : 'in';
FINAL       : 'final';
UNSET       : 'unset';
GATE        : 'gate';
REQUIRE     : 'require';
DENY        : 'deny';
EXPECT      : 'expect';
STUB        : 'stub';
SWITCH      : 'switch';
SPLIT       : 'split';
ALL         : 'all';
BY          : 'by';
WITHIN      : 'within';
RETRY       : 'retry';
OR          : 'or';
SHADOW      : 'shadow';
AT          : 'at';
AS          : 'as';
ELSE        : 'else';
TRUE        : 'true';
FALSE       : 'false';

LBRACE   : '{';
RBRACE   : '}';
LPAREN   : '(';
RPAREN   : ')';
LBRACK   : '[';
RBRACK   : ']';
ARROW    : '->';
FATARROW : '=>';
DOTDOT   : '..';
DOT      : '.';
COMMA    : ',';
COLON    : ':';
EQEQ     : '==';
NE       : '!=';
LE       : '<=';
GE       : '>=';
LT       : '<';
GT       : '>';
ANDAND   : '&&';
OROR     : '||';
NOT      : '!';
EQ       : '=';
PLUS     : '+';
MINUS    : '-';
STAR     : '*';
SLASH    : '/';
PERCENT  : '%';
QUESTION : '?';
AT_SIGN  : '@';

MONEY    : '$' Digits ('.' [0-9]+)? ('/' [a-z]+)?;
NUMBER   : Digits ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?;
QUANTITY : Digits ('.' [0-9]+)? ('%' [a-zA-Z]* | [a-zA-Z]+);
TYPENAME : [A-Z] [A-Za-z0-9]*;
NAME     : [A-Za-z_] [A-Za-z0-9_]* ('-' [A-Za-z0-9_]+)*;

STRING  : '"' { text(); };
UNKNOWN : .;

fragment Digits : [0-9] [0-9_]*;
