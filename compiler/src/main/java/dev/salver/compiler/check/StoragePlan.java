package dev.salver.compiler.check;

import java.util.List;
import java.util.Optional;

/**
 * How a model's files reach its pod.
 *
 * @param mounts further sources; with any, the model's own becomes one of them
 * @param bucket of KServe's storage secret, where {@code credentials} names a key in it
 */
public record StoragePlan(List<Mount> mounts, Optional<Bucket> bucket) {
  /** Where KServe puts a model that has one source. */
  public static final String MODEL_FOLDER = "/mnt/models";

  public StoragePlan {
    mounts = List.copyOf(mounts);
  }

  /**
   * A source and the folder it is put into.
   *
   * @param folder absolute
   */
  public record Mount(String folder, String source) {}

  /**
   * A source in the form that is reached with a key of KServe's storage secret.
   *
   * @param key in the secret
   * @param type {@code s3} or {@code hdfs}
   * @param name of the bucket, or of the name node
   * @param path below it
   */
  public record Bucket(String key, String type, String name, String path) {}
}
