package dev.salver.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: Salver's version and the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "salver " + (own == null ? "(not packaged)" : own) + ", Java " + Runtime.version().feature()
    };
  }
}
