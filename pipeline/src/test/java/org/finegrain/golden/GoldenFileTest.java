package org.finegrain.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class GoldenFileTest {
  @Test
  void anUnbuiltKindIsSkippedByName() throws Exception {
    GoldenCase golden = aCase("{'name': 'a', 'module': 'cbam'}");

    assertThat(golden.kind()).isEqualTo("cbam");
    assertThatThrownBy(() -> golden.requireBuilt(golden.kind(), Set.of("aam")))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("cbam");
  }

  @Test
  void aFileThatTheFolderDoesNotHoldIsSkippedByName() {
    assertThat(GoldenFile.open("no-such").tests(Set.of(), golden -> {}))
        .singleElement()
        .satisfies(
            test ->
                assertThatThrownBy(() -> test.getExecutable().execute())
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageContaining("no-such.json"));
  }

  @Test
  void toleranceIsRelativeToTheLargestExpectedValue() throws Exception {
    GoldenCase golden =
        aCase("{'name': 'a', 'outputs': {'y': {'shape': [2], 'data': [0.001, 100]}}}");

    golden.checkForward(new float[] {0.0019f, 100}, "outputs", "y");
    assertThatThrownBy(() -> golden.checkForward(new float[] {0.0022f, 100}, "outputs", "y"))
        .hasMessageContaining("element 0");
  }

  @Test
  void notANumberIsNeverWithinTolerance() throws Exception {
    GoldenCase golden = aCase("{'name': 'a', 'y': {'shape': [1], 'data': [1]}, 'total': 1}");

    assertThatThrownBy(() -> golden.checkGradient(new float[] {Float.NaN}, "y"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> golden.checkForward(Double.NaN, "total"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void numbersByRuleMatchTheirHead() throws Exception {
    GoldenCase golden =
        aCase(
            "{'name': 'a', 'x': {'seed': 626511, 'scale': 0.25, 'offset': 1.0, 'shape': [2],"
                + " 'head': [1.1147079467773438, 1.2408370971679688]}}");

    assertThat(golden.tensor("x").floats()).containsExactly(1.114708f, 1.2408371f);
  }

  private static GoldenCase aCase(String json) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tolerance =
        mapper.readTree("{\"forward_rtol\": 1e-5, \"grad_rtol\": 1e-4, \"atol\": 1e-6}");
    return new GoldenCase("file", mapper.readTree(json.replace('\'', '"')), tolerance);
  }
}
