package dev.salver.sandbox.api;

/**
 * How a write is made.
 *
 * @param fieldManager who owns the fields written
 * @param subresource {@code status}, {@code scale}, or empty for the object itself
 * @param force takes fields from other managers; server-side apply alone asks
 * @param dryRun goes all the way but for the storing
 */
public record WriteOptions(String fieldManager, String subresource, boolean force, boolean dryRun) {
  public static WriteOptions by(String fieldManager) {
    return new WriteOptions(fieldManager, "", false, false);
  }

  public WriteOptions withSubresource(String name) {
    return new WriteOptions(fieldManager, name, force, dryRun);
  }

  public WriteOptions forced(boolean on) {
    return new WriteOptions(fieldManager, subresource, on, dryRun);
  }

  public WriteOptions dry(boolean on) {
    return new WriteOptions(fieldManager, subresource, force, on);
  }

  boolean ofStatus() {
    return subresource.equals("status");
  }
}
