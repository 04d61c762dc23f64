/**
 * The Serve language, LL(1) over the healed tokens. It takes a superset: what a declaration may hold is the checker's
 * business, so that a misplaced word gets a sentence and not a list of tokens.
 */
parser grammar ServeParser;

options { tokenVocab = ServeLexer; }

file : (entry COMMA?)* EOF;

hole : expr EOF;

block : LBRACE (entry COMMA?)* RBRACE;

entry
  : annotation* ( resource | typeDecl | param | graph | forEach | importDecl
                | setting | FINAL setting | assertion | stub )
  ;

annotation : AT_SIGN NAME (CALL args RPAREN)?;

resource : kind name (INDEX expr RBRACK)? (COLON typeRef)? clause* block?;

kind : PROJECT | MODEL | RUNTIME | ACCELERATOR | ENV | SECRET | ROLLOUT | POLICY | TEST;

name : NAME | TYPENAME | STRING | STAR;

clause
  : ON onTarget
  | FROM postfix
  | EXTENDS parent
  | WHERE expr
  ;

onTarget : kind | GRAPH | NAME (DOT NAME)*;

parent : NAME (DOT NAME)*;

typeDecl : TYPE (TYPENAME | NAME) EQ typeRef;

param : PARAM NAME COLON typeRef (IN expr)? (EQ expr)?;

importDecl : IMPORT (NAME | LBRACE (importName COMMA?)* RBRACE) FROM STRING;

importName : NAME | TYPENAME;

forEach : FOREACH EACH NAME IN expr block;

setting : key (DOT key)* (EQ expr | block);

key : NAME | TYPENAME | STRING;

assertion : (GATE | REQUIRE | DENY | EXPECT) expr (ELSE expr)?;

stub : STUB NAME block;

graph
  : GRAPH NAME (INDEX (templateParam COMMA?)* RBRACK)? signature? (WITH block)? (EQ flow | graphBody)?
  ;

templateParam : (NAME | TYPENAME) (COLON typeRef)? (EQ expr)?;

signature
  : (CALL | LPAREN) (field COMMA?)* RPAREN ARROW typeRef
  | COLON typeRef
  ;

graphBody : LBRACE (graphStep COMMA?)* RBRACE;

graphStep : flow (EQ flow)?;

flow : stage (ARROW stage)*;

stage : (switchNode | splitNode | allNode | expr) modifier*;

modifier
  : WITHIN unary
  | RETRY unary
  | OR postfix
  | SHADOW postfix (AT unary)?
  | AS NAME
  ;

switchNode : SWITCH branches;

splitNode : SPLIT branches;

branches : LBRACE (branch COMMA?)* RBRACE;

branch
  : (ELSE | expr) FATARROW flow
  | FOREACH EACH NAME IN expr branches
  ;

allNode : ALL LBRACE (allBranch COMMA?)* RBRACE (BY postfix)?;

allBranch
  : flow
  | FOREACH EACH NAME IN expr LBRACE (allBranch COMMA?)* RBRACE
  ;

typeRef
  : typeName (INDEX (dim COMMA?)* RBRACK)?
  | LBRACE (field COMMA?)* RBRACE
  | LBRACK typeRef RBRACK
  | LPAREN (field COMMA?)* RPAREN (ARROW typeRef)?
  ;

typeName : TYPENAME | NAME (DOT TYPENAME)?;

field : key COLON typeRef;

dim : NAME | TYPENAME | NUMBER | QUESTION;

expr : orExpr (QUESTION expr COLON expr)?;

orExpr : andExpr (OROR andExpr)*;

andExpr : relation (ANDAND relation)*;

relation : range ((EQEQ | NE | LT | LE | GT | GE | IN) range)*;

range : sum (DOTDOT sum)? (FOR sum)?;

sum : product ((PLUS | MINUS) product)*;

product : unary ((STAR | SLASH | PERCENT) unary)*;

unary : (NOT | NEGATIVE) unary | postfix;

postfix : primary (DOT key | CALL args RPAREN | INDEX args RBRACK)*;

args : (arg COMMA?)*;

arg : expr (EQ expr)?;

primary
  : NUMBER | QUANTITY | MONEY | STRING | TRUE | FALSE | NAME | TYPENAME | ENV | QUESTION | UNSET | MISSING
  | LPAREN expr RPAREN
  | LBRACK (expr COMMA?)* RBRACK
  | block
  ;
