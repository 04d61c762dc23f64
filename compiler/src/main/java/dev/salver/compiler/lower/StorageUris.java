package dev.salver.compiler.lower;

import java.util.Set;

/**
 * Sources as KServe's storage initializer names them (KServe v0.20): with {@code //} behind the
 * scheme, and Azure's blobs by the address of their account.
 */
final class StorageUris {
  private static final Set<String> WITH_SLASHES = Set.of("s3", "gs", "hf", "oci", "pvc", "hdfs");

  private StorageUris() {}

  static String of(String source) {
    int colon = source.indexOf(':');
    if (colon < 0) {
      return source;
    }
    String scheme = source.substring(0, colon);
    String rest = source.substring(colon + 1);
    String bare = rest.startsWith("//") ? rest.substring(2) : rest;
    if (scheme.equals("az")) {
      int slash = bare.indexOf('/');
      return slash < 0
          ? source
          : "https://"
              + bare.substring(0, slash)
              + ".blob.core.windows.net"
              + bare.substring(slash);
    }
    return WITH_SLASHES.contains(scheme) ? scheme + "://" + bare : source;
  }
}
