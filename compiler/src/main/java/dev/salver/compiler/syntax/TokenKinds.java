package dev.salver.compiler.syntax;

import dev.salver.compiler.syntax.Token.Kind;
import dev.salver.dsl.ServeLexer;

/** The lexer's types sorted into the kinds that a tree shows. */
final class TokenKinds {
  private TokenKinds() {}

  static Kind of(int type) {
    return switch (type) {
      case ServeLexer.DOC -> Kind.DOC;
      case ServeLexer.LINE_COMMENT, ServeLexer.BLOCK_COMMENT -> Kind.COMMENT;
      case ServeLexer.NEWLINE -> Kind.NEWLINE;
      case ServeLexer.SPACE -> Kind.SPACE;
      case ServeLexer.NAME -> Kind.NAME;
      case ServeLexer.TYPENAME -> Kind.TYPE_NAME;
      case ServeLexer.NUMBER, ServeLexer.QUANTITY, ServeLexer.MONEY -> Kind.NUMBER;
      case ServeLexer.STRING -> Kind.STRING;
      case ServeLexer.OPEN_STRING,
          ServeLexer.DEEP_STRING,
          ServeLexer.OPEN_COMMENT,
          ServeLexer.UNKNOWN ->
          Kind.BROKEN;
      default -> isKeyword(type) ? Kind.KEYWORD : Kind.PUNCTUATION;
    };
  }

  static boolean isKeyword(int type) {
    return type >= ServeLexer.IMPORT && type <= ServeLexer.FALSE;
  }

  /** Whether a keyword begins a declaration. */
  static boolean isDeclaration(int type) {
    return (type >= ServeLexer.IMPORT && type <= ServeLexer.TEST) || type == ServeLexer.FOREACH;
  }

  /** Whether a keyword begins a statement, and so may be a key before {@code =} or a dot. */
  static boolean isStarter(int type) {
    return isDeclaration(type)
        || (type >= ServeLexer.FINAL && type <= ServeLexer.STUB && type != ServeLexer.UNSET);
  }

  static boolean isLiteral(int type) {
    return type == ServeLexer.NUMBER
        || type == ServeLexer.QUANTITY
        || type == ServeLexer.MONEY
        || type == ServeLexer.STRING
        || type == ServeLexer.TRUE
        || type == ServeLexer.FALSE;
  }

  static boolean isKey(int type) {
    return type == ServeLexer.NAME || type == ServeLexer.TYPENAME || type == ServeLexer.STRING;
  }

  /** Whether a word may follow the name of a declaration. */
  static boolean isHeader(int type) {
    return switch (type) {
      case ServeLexer.LBRACE,
          ServeLexer.LPAREN,
          ServeLexer.LBRACK,
          ServeLexer.COLON,
          ServeLexer.EQ,
          ServeLexer.FROM,
          ServeLexer.ON,
          ServeLexer.EXTENDS ->
          true;
      default -> false;
    };
  }

  /** Whether a value must follow. */
  static boolean awaitsValue(int type) {
    return awaitsMore(type)
        || (type >= ServeLexer.EQEQ && type <= ServeLexer.OROR)
        || (type >= ServeLexer.PLUS && type <= ServeLexer.PERCENT)
        || (type >= ServeLexer.GATE && type <= ServeLexer.EXPECT)
        || type == ServeLexer.FROM
        || type == ServeLexer.ELSE;
  }

  /** Whether something must follow, on the next line if need be. */
  static boolean awaitsMore(int type) {
    return type == ServeLexer.EQ
        || type == ServeLexer.ARROW
        || type == ServeLexer.FATARROW
        || type == ServeLexer.COLON
        || type == ServeLexer.DOT
        || type == ServeLexer.DOTDOT
        || type == ServeLexer.ANDAND
        || type == ServeLexer.OROR
        || type == ServeLexer.IN;
  }
}
