# shellcheck shell=bash
# The checks that the scripts share and source. They look at Java, Spark and the locale before Java or Spark is started. Each
# check sets what it finds in the environment, or ends the script with one line that names the remedy.

spark_version=3.5.7
program=${0##*/}

fail() { # MESSAGE [STATUS]: ends the script; the default 4 means that the machine does not fit
  echo "$program: $1" >&2
  exit "${2:-4}"
}

usage() { # SCRIPT: prints the comment at its head
  sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$1"
}

find_cache() {
  [[ -n ${FINEGRAIN_CACHE:-${XDG_CACHE_HOME:-${HOME:-}}} ]] ||
    fail "cannot tell where downloads are kept, as HOME is not set; set FINEGRAIN_CACHE to a folder"
  cache=${FINEGRAIN_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/finegrain}
}

require_java() {
  local java version where
  if [[ -n ${JAVA_HOME:-} ]]; then
    where="JAVA_HOME=$JAVA_HOME"
    [[ -x $JAVA_HOME/bin/java ]] || fail "cannot find bin/java in $where; set it to the folder of a JDK 17, or unset it"
  else
    java=$(command -v java) || fail "cannot find java; install JDK 17, or set JAVA_HOME to its folder"
    where=$java
    JAVA_HOME=$(readlink -f "$java")
    JAVA_HOME=${JAVA_HOME%/bin/java}
    # The java in PATH may be a script that chooses one.
    [[ -f $JAVA_HOME/release ]] || JAVA_HOME=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
  if [[ -f $JAVA_HOME/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")
  else
    version=$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
  fi
  [[ $version == 17 || $version == 17.* ]] ||
    fail "Java 17 is needed, but $where is Java ${version:-of an unknown version}; set JAVA_HOME to the folder of a JDK 17"
  export JAVA_HOME
}

require_jdk() { # requires a JDK that can compile
  if [[ -z ${JAVA_HOME:-} ]] && command -v javac > /dev/null; then
    JAVA_HOME=$(readlink -f "$(command -v javac)")
    JAVA_HOME=${JAVA_HOME%/bin/javac}
    [[ -f $JAVA_HOME/release ]] || JAVA_HOME=''
  fi
  require_java
  [[ -x $JAVA_HOME/bin/javac ]] || fail "cannot find javac in $JAVA_HOME/bin; install JDK 17, or set JAVA_HOME to its folder"
}

find_maven() { # in a checkout: sets maven, to the installed one or else to the script that downloads one
  maven=mvn
  command -v mvn > /dev/null || maven=./mvnw
}

require_spark() {
  local jars core where remedy
  if [[ -n ${SPARK_HOME:-} ]]; then
    where="SPARK_HOME=$SPARK_HOME" remedy="unset SPARK_HOME and run submit-scripts/setup, which installs one"
  else
    find_cache
    SPARK_HOME=$cache/spark-$spark_version
    where=$SPARK_HOME remedy="run submit-scripts/setup, or set SPARK_HOME"
  fi
  [[ $SPARK_HOME != *:* ]] || fail "Java cannot load Spark from a path with a colon: $where; move it to another"
  [[ -x $SPARK_HOME/bin/spark-submit ]] || fail "cannot find Spark in $where; $remedy"
  jars=("$SPARK_HOME"/jars/spark-core_*.jar)
  core=${jars[0]##*/spark-core_}
  core=${core%.jar} # such as 2.12-3.5.7
  [[ $core != '*' ]] || fail "cannot find spark-core's jar in $where; $remedy"
  [[ $core == 2.12-3.5.* ]] ||
    fail "Spark 3.5 for Scala 2.12 is needed, but $where is Spark ${core#*-} for Scala ${core%%-*}; $remedy"
  export SPARK_HOME
}

# Java cannot open a file whose name has letters that the locale lacks.
require_utf8() {
  [[ $(locale charmap 2> /dev/null || echo UTF-8) != ANSI_X3.4-1968 ]] || export LC_ALL=C.UTF-8
}
