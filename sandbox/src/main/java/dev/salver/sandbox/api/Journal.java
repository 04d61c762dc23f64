package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where writes are kept beyond the process. A write that can't be kept is not made. */
interface Journal extends AutoCloseable {
  /** Hands out every kept object. Returns the last version kept, 0 for none. */
  long restore(Consumer<KubeObject> objects);

  /** Keeps a write; {@code all} is what was there before it, for when it is time to compact. */
  void put(long version, KubeObject object, Supplier<Collection<KubeObject>> all);

  void remove(long version, ObjectKey key, Supplier<Collection<KubeObject>> all);

  @Override
  void close() throws IOException;

  /** Keeps nothing. */
  Journal NONE =
      new Journal() {
        @Override
        public long restore(Consumer<KubeObject> objects) {
          return 0;
        }

        @Override
        public void put(long version, KubeObject object, Supplier<Collection<KubeObject>> all) {}

        @Override
        public void remove(long version, ObjectKey key, Supplier<Collection<KubeObject>> all) {}

        @Override
        public void close() {}
      };
}
