package dev.salver.compiler.type;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Element types of tensors, as the language writes them. */
public enum Element {
  BOOL,
  U8,
  U16,
  U32,
  U64,
  I8,
  I16,
  I32,
  I64,
  F16,
  BF16,
  F32,
  F64,
  STRING,
  BYTES;

  private final String word = name().toLowerCase(Locale.ROOT);

  public static Optional<Element> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** {@code f32}. */
  public String word() {
    return word;
  }

  public boolean isNumber() {
    return this != BOOL && this != STRING && this != BYTES;
  }
}
