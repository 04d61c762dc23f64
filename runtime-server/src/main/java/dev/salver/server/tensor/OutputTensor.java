package dev.salver.server.tensor;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One output of a run.
 *
 * @param type of the elements that are there, which a converted output need not share with its spec
 * @param shape sizes of all dimensions
 * @param data the elements in native order from 0 to the limit; empty for BYTES
 * @param texts the elements of a BYTES tensor
 */
@SuppressWarnings("ArrayRecordComponent") // A hot path; nobody compares these.
public record OutputTensor(
    String name, DataType type, long[] shape, ByteBuffer data, List<String> texts) {}
