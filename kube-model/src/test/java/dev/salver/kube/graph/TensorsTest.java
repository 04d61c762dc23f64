package dev.salver.kube.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.salver.kube.graph.Step.Reduction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorsTest {
  private static List<Double> numbers(Value value) {
    var tensor = (Tensor) value;
    var numbers = new ArrayList<Double>();
    for (int i = 0; i < tensor.count(); i++) {
      numbers.add(tensor.doubleAt(i));
    }
    return numbers;
  }

  private static Value reduce(Reduction reduction, Value... values) {
    return Reducers.reduce(reduction, List.of(values));
  }

  @Test
  void branchesBecomeOneElementByElement() {
    Tensor a = Graphs.floats(1, 5, 0.5);
    Tensor b = Graphs.floats(3, 1, 0.25);
    assertEquals(List.of(2.0, 3.0, 0.375), numbers(reduce(Reduction.MEAN, a, b)));
    assertEquals(List.of(3.0, 5.0, 0.5), numbers(reduce(Reduction.MAX, a, b)));
    assertEquals(Datatype.FP32, ((Tensor) reduce(Reduction.MEAN, a, b)).datatype());
    assertEquals(
        List.of(Double.NaN),
        numbers(reduce(Reduction.MAX, Graphs.floats(1), Graphs.floats(0.0 / 0))));
  }

  @Test
  void theMostVotesWinAndOfEqualsTheEarliest() {
    Value cat = Tensor.scalar("cat");
    Value dog = Tensor.scalar("dog");
    assertEquals(dog, reduce(Reduction.VOTE, cat, dog, dog));
    assertEquals(cat, reduce(Reduction.VOTE, cat, dog));
    assertEquals(
        List.of(1.0, 2.0),
        numbers(
            reduce(Reduction.VOTE, Graphs.floats(1, 9), Graphs.floats(1, 2), Graphs.floats(3, 2))));
    var fields = new Value.Fields(Graphs.values("label", cat, "score", 1));
    assertEquals(fields, reduce(Reduction.VOTE, fields, fields));
  }

  @Test
  void whatDoesNotFitIsSaid() {
    var shapes =
        assertThrows(
            IllegalArgumentException.class,
            () -> reduce(Reduction.MEAN, Graphs.floats(1), Graphs.floats(1, 2)));
    assertEquals("branches differ: one gives FP32[1], another FP32[2]", shapes.getMessage());
    assertThrows(IllegalArgumentException.class, () -> reduce(Reduction.MAX, Tensor.scalar("a")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tensor.of(Datatype.FP32, List.of(2L), ByteBuffer.allocate(4)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tensor.texts(List.of(1L << 20, 1L << 20, 1L << 30), List.of()));
  }

  @Test
  void castsCutOffAndStopAtTheEnds() {
    Tensor floats = Graphs.floats(-1.9, 300.7, Double.NaN, 1e20);
    assertEquals(List.of(0.0, 255.0, 0.0, 255.0), numbers(Casts.cast(floats, Datatype.UINT8)));
    assertEquals(List.of(-1.0, 127.0, 0.0, 127.0), numbers(Casts.cast(floats, Datatype.INT8)));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0), numbers(Casts.cast(floats, Datatype.BOOL)));
    Tensor big = new Elements(Datatype.UINT64, List.of(1L)).bits(-1).done();
    assertEquals(0x1p64, big.doubleAt(0));
    assertEquals(Long.MAX_VALUE, ((Tensor) Casts.cast(big, Datatype.INT64)).longAt(0));
    assertEquals("18446744073709551615", ((Tensor) Casts.cast(big, Datatype.BYTES)).textAt(0));
    assertEquals(
        List.of(1.5),
        numbers(Casts.cast(Casts.cast(Graphs.floats(1.5), Datatype.BYTES), Datatype.BF16)));
    assertEquals(List.of(0.25), numbers(Casts.cast(Graphs.floats(0.25), Datatype.FP16)));
  }
}
