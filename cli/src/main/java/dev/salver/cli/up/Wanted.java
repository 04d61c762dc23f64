package dev.salver.cli.up;

import dev.salver.cli.view.ServiceView;
import java.util.ArrayList;
import java.util.List;

/** The newest release: how many services it has, and the commit that a reconciler must take. */
record Wanted(int services, String commit) {
  private static final int ID = 10;

  /**
   * What is not yet as it is wanted, for people; empty once each service is as the sources want it,
   * or has failed.
   *
   * @param applied whether the reconciler took the commit
   */
  List<String> missing(List<ServiceView> views, boolean applied) {
    var missing = new ArrayList<String>();
    if (!applied) {
      missing.add("the reconciler, to apply " + commit.substring(0, Math.min(ID, commit.length())));
    }
    if (views.size() != services) {
      missing.add(services + " services, of which " + views.size() + " stand");
    }
    for (ServiceView view : views) {
      if (!view.failed() && !view.state().equals("ready")) {
        missing.add(
            view.name()
                + " ("
                + view.state()
                + (view.why().isBlank() ? "" : ": " + view.why().lines().findFirst().orElse(""))
                + ")");
      }
    }
    return missing;
  }
}
