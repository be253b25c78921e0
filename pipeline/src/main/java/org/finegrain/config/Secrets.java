package org.finegrain.config;

import java.util.regex.Pattern;

/** Keeps values that may be secret out of messages, which end in logs. */
public final class Secrets {
  private static final String HIDDEN = "(not shown)";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "passw(or)?d|passphrase|secret|token|credential"
              + "|(access|account|api|auth|private|encryption|session)[-_.]?key",
          Pattern.CASE_INSENSITIVE);

  /** The user and the password of an address. */
  private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s\"']*@");

  private Secrets() {}

  /** Returns whether a text, such as a key or a line of a file, names something secret. */
  static boolean areNamedIn(String text) {
    return SECRET_NAME.matcher(text).find();
  }

  /** Returns a value as a message may show it, by the names of its key and of its file. */
  static String shown(String origin, String key, String value) {
    return areNamedIn(key) || areNamedIn(origin) ? HIDDEN : withoutUsers(value);
  }

  /** Returns a text in which the addresses have neither users nor passwords. */
  public static String withoutUsers(String text) {
    return USER.matcher(text).replaceAll("…@");
  }

  /** Returns a setting that may not be {@code key=value} up to what may be its value. */
  static String keyOf(String setting) {
    return areNamedIn(setting) || setting.startsWith("=")
        ? setting.replaceFirst("[^\\p{Alnum}_.-].*", "…")
        : setting;
  }
}
