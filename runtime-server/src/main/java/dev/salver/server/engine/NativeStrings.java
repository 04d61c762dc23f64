package dev.salver.server.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings of tensors as UTF-8, through ONNX Runtime's C interface. The Java binding (1.29.0) goes
 * through JNI's modified UTF-8, which has another form for characters beyond U+FFFF: models would
 * not know them, and answers would come out broken. Loaded only where such characters occur. The
 * places in the function table are part of the C interface since its first version and only ever
 * appended to.
 */
@SuppressWarnings("restricted") // Calling the C interface is what this class is for.
final class NativeStrings {
  private static final int FILL_STRING_TENSOR = 52;
  private static final int GET_STRING_TENSOR_DATA_LENGTH = 53;
  private static final int GET_STRING_TENSOR_CONTENT = 54;

  private static final AddressLayout PTR = ValueLayout.ADDRESS;
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
  private static final MethodHandle FILL;
  private static final MethodHandle LENGTH;
  private static final MethodHandle CONTENT;
  private static final MethodHandle HANDLE;

  static {
    try {
      var tensors = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
      Class<?> runtime = tensors.findClass("ai.onnxruntime.OnnxRuntime");
      HANDLE =
          tensors.findGetter(
              tensors.findClass("ai.onnxruntime.OnnxTensorLike"), "nativeHandle", long.class);
      long api = (long) tensors.findStaticGetter(runtime, "ortApiHandle", long.class).invoke();
      MemorySegment table =
          MemorySegment.ofAddress(api)
              .reinterpret(PTR.byteSize() * (GET_STRING_TENSOR_CONTENT + 1));
      FILL = function(table, FILL_STRING_TENSOR, FunctionDescriptor.of(PTR, PTR, PTR, SIZE));
      LENGTH = function(table, GET_STRING_TENSOR_DATA_LENGTH, FunctionDescriptor.of(PTR, PTR, PTR));
      CONTENT =
          function(
              table,
              GET_STRING_TENSOR_CONTENT,
              FunctionDescriptor.of(PTR, PTR, PTR, SIZE, PTR, SIZE));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private NativeStrings() {}

  /** Whether JNI would write the text in another form. */
  static boolean needed(List<String> texts) {
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether JNI may have misread one: it never does where all it found is ASCII. */
  static boolean suspicious(List<String> texts) {
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > 0x7f) {
          return true;
        }
      }
    }
    return false;
  }

  /** Overwrites the elements of a string tensor. */
  static void fill(OnnxTensor tensor, List<String> texts) throws OrtException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pointers = arena.allocate(PTR, Math.max(1, texts.size()));
      for (int i = 0; i < texts.size(); i++) {
        pointers.setAtIndex(PTR, i, arena.allocateFrom(texts.get(i), StandardCharsets.UTF_8));
      }
      check((MemorySegment) FILL.invoke(handle(tensor), pointers, (long) texts.size()));
    } catch (OrtException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The elements of a string tensor; bytes that are no UTF-8 come out as U+FFFD. */
  static List<String> read(OnnxTensor tensor, int count) throws OrtException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = handle(tensor);
      MemorySegment length = arena.allocate(SIZE);
      check((MemorySegment) LENGTH.invoke(value, length));
      long bytes = length.get(SIZE, 0);
      MemorySegment content = arena.allocate(Math.max(1, bytes));
      MemorySegment offsets = arena.allocate(SIZE, Math.max(1, count));
      check((MemorySegment) CONTENT.invoke(value, content, bytes, offsets, (long) count));
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long from = offsets.getAtIndex(SIZE, i);
        long to = i + 1 < count ? offsets.getAtIndex(SIZE, i + 1L) : bytes;
        byte[] utf8 = content.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
        texts.add(new String(utf8, StandardCharsets.UTF_8));
      }
      return texts;
    } catch (OrtException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemorySegment handle(OnnxTensor tensor) throws Throwable {
    return MemorySegment.ofAddress((long) HANDLE.invoke(tensor));
  }

  private static void check(MemorySegment status) throws OrtException {
    if (status.address() != 0) {
      throw new OrtException("ONNX Runtime refused the strings of a tensor");
    }
  }

  private static MethodHandle function(
      MemorySegment table, int index, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(table.getAtIndex(PTR, index), descriptor);
  }
}
