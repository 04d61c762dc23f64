package dev.salver.git;

import java.util.List;
import java.util.SortedMap;

/** The content of files of a tree. */
public sealed interface FilesResult {
  /** By path; the arrays are the caller's. */
  record Files(SortedMap<String, byte[]> content) implements FilesResult {}

  /** Some content stands for something else, such as a pointer to large-file storage. */
  record Refused(List<TreeResult.Problem> problems) implements FilesResult {}
}
