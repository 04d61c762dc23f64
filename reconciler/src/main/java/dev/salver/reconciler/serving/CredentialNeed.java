package dev.salver.reconciler.serving;

/**
 * Where a component's credentials come from, in the service's namespace.
 *
 * @param secret the Secret that an annotation names; empty where the account's are taken
 * @param account the ServiceAccount of the component's pods
 */
public record CredentialNeed(String secret, String account) {}
