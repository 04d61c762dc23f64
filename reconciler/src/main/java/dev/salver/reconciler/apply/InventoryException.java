package dev.salver.reconciler.apply;

/** The inventory cannot be read or written, so nothing may be applied. */
public final class InventoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InventoryException(String message) {
    super(message);
  }
}
