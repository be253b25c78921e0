package org.finegrain.sweep;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A shard of a plan, which one process runs: every {@code count}-th trial, beginning with the
 * {@code index}-th.
 *
 * @param index the number of the shard, from 1 to {@code count}
 * @param count the number of shards
 */
public record Shard(int index, int count) {
  /** The whole plan. */
  public static final Shard ALL = new Shard(1, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code index} is not from 1 to {@code count}
   */
  public Shard {
    if (index < 1 || index > count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid shard %d/%d: must be from 1/%d to %d/%d",
              index,
              count,
              count,
              count,
              count));
    }
  }

  /**
   * Parses a shard.
   *
   * @param text {@code I/N}, such as {@code 2/3}
   * @throws IllegalArgumentException if the text is not a shard
   */
  public static Shard parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid shard '%s': write I/N, for example 1/4", text));
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Returns this shard's part of a list that is in the order of the plan. */
  <T> List<T> of(List<T> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i % count == index - 1)
        .mapToObj(all::get)
        .toList();
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
