package dev.salver.artifacts.signature;

import java.util.Locale;

/** What a tensor is made of, whatever the format calls it. */
public enum ElementType {
  BOOL(8),
  U2(2),
  U4(4),
  U8(8),
  U16(16),
  U32(32),
  U64(64),
  I2(2),
  I4(4),
  I8(8),
  I16(16),
  I32(32),
  I64(64),
  F4E2M1(4),
  F8E4M3FN(8),
  F8E4M3FNUZ(8),
  F8E5M2(8),
  F8E5M2FNUZ(8),
  F8E8M0(8),
  F16(16),
  BF16(16),
  F32(32),
  F64(64),
  C64(64),
  C128(128),
  STRING(0),
  BYTES(0);

  private final int bits;
  private final String word = name().toLowerCase(Locale.ROOT);

  ElementType(int bits) {
    this.bits = bits;
  }

  /** {@code f32}: the language's word where it has one. */
  public String word() {
    return word;
  }

  /** Bits of one element as stored, 0 where elements vary. */
  int bits() {
    return bits;
  }
}
