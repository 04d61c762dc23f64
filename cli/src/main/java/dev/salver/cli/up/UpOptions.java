package dev.salver.cli.up;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How to run a project.
 *
 * @param port of the gateway; 0 for any free one
 * @param untilReady ends once everything is ready
 * @param patience how long to wait for services to get ready before saying that they are not
 * @param commanded when the command was given, which is what times are told from
 */
public record UpOptions(
    Path project,
    String environment,
    int port,
    boolean untilReady,
    Duration patience,
    Instant commanded) {}
