package dev.salver.server.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.salver.server.tensor.DataType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Tensors of UINT16, UINT32 and UINT64. ONNX Runtime and the native half of its Java binding have
 * them, the binding's public half has not (1.29.0), so the native half is called past it. Loaded
 * only for models that need it.
 */
final class UnsignedTensors {
  private static final MethodHandle CREATE;
  private static final MethodHandle WRAP;
  private static final MethodHandle INFO;
  private static final long API;
  private static final long ALLOCATOR;

  static {
    try {
      var tensors = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
      CREATE =
          tensors.findStatic(
              OnnxTensor.class,
              "createTensorFromBuffer",
              MethodType.methodType(
                  long.class,
                  long.class,
                  long.class,
                  Buffer.class,
                  int.class,
                  long.class,
                  long[].class,
                  int.class));
      WRAP =
          tensors.findConstructor(
              OnnxTensor.class,
              MethodType.methodType(
                  void.class,
                  long.class,
                  long.class,
                  TensorInfo.class,
                  Buffer.class,
                  boolean.class));
      INFO =
          tensors.findConstructor(
              TensorInfo.class,
              MethodType.methodType(
                  void.class, long[].class, OnnxJavaType.class, OnnxTensorType.class));
      Class<?> runtime = tensors.findClass("ai.onnxruntime.OnnxRuntime");
      API = (long) tensors.findStaticGetter(runtime, "ortApiHandle", long.class).invoke();
      Class<?> allocator = tensors.findClass("ai.onnxruntime.OrtAllocator");
      MethodHandle ofEnvironment =
          MethodHandles.privateLookupIn(OrtEnvironment.class, tensors)
              .findGetter(OrtEnvironment.class, "defaultAllocator", allocator);
      MethodHandle handle = tensors.findGetter(allocator, "handle", long.class);
      ALLOCATOR =
          (long)
              MethodHandles.filterReturnValue(ofEnvironment, handle)
                  .invoke(OrtEnvironment.getEnvironment());
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private UnsignedTensors() {}

  static OnnxTensor over(DataType type, ByteBuffer data, long[] shape) {
    OnnxJavaType java =
        switch (type) {
          case UINT16 -> OnnxJavaType.INT16;
          case UINT32 -> OnnxJavaType.INT32;
          default -> OnnxJavaType.INT64;
        };
    OnnxTensorType onnx =
        switch (type) {
          case UINT16 -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16;
          case UINT32 -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32;
          default -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64;
        };
    try {
      long handle =
          (long)
              CREATE.invoke(
                  API,
                  ALLOCATOR,
                  (Buffer) data,
                  data.position(),
                  (long) data.remaining(),
                  shape,
                  onnx.value);
      var info = (TensorInfo) INFO.invoke(shape, java, onnx);
      return (OnnxTensor) WRAP.invoke(handle, ALLOCATOR, info, (Buffer) data, false);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
