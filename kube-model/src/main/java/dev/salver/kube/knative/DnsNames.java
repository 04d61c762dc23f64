package dev.salver.kube.knative;

import java.util.ArrayList;
import java.util.regex.Pattern;

/** The forms that Kubernetes allows for names, and its words for what breaks them. */
final class DnsNames {
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1123 = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN_1123 =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
          + " regex used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_RULE =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

  private DnsNames() {}

  /** What is wrong with a DNS 1035 label, empty where nothing is. */
  static String label1035(String name) {
    var problems = new ArrayList<String>();
    if (name.length() > 63) {
      problems.add("must be no more than 63 characters");
    }
    if (!LABEL_1035.matcher(name).matches()) {
      problems.add(LABEL_RULE);
    }
    return String.join(" ", problems);
  }

  static boolean isLabel1123(String name) {
    return name.length() <= 63 && LABEL_1123.matcher(name).matches();
  }

  /** What is wrong with a DNS 1123 subdomain, empty where nothing is. */
  static String subdomain1123(String name) {
    return name.length() <= 253 && SUBDOMAIN_1123.matcher(name).matches() ? "" : SUBDOMAIN_RULE;
  }
}
