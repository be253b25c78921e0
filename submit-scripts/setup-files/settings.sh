# shellcheck shell=bash
# The functions by which the launcher reads and writes Spark's settings. It sources them.

read_properties() { # FILE MAP: adds the file's settings to the map
  local -n into=$2
  local line pattern='^[[:space:]]*([^#![:space:]=:][^[:space:]=:]*)[[:space:]]*[=:]?[[:space:]]*(.*)$'
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ $pattern ]]; then
      line=${BASH_REMATCH[2]}
      into[${BASH_REMATCH[1]}]=${line%"${line##*[![:space:]]}"}
    fi
  done < "$1"
}

require_memory() { # SIZE ORIGIN: checks a size, because Spark would answer with a stack trace
  [[ $1 =~ ^0*([0-9]{1,9})([mMgG])$ ]] || fail "$2 is '$1' but must be a size such as 4g or 4096m" 2
  local megabytes=${BASH_REMATCH[1]}
  [[ ${BASH_REMATCH[2]} == [mM] ]] || megabytes=$((megabytes * 1024))
  ((megabytes >= 512)) || fail "$2 is '$1' but Spark needs 512m or more" 2
}

file_uri() { # PATH: sets uri
  local LC_ALL=C letter code i
  uri=file:
  for ((i = 0; i < ${#1}; i++)); do
    letter=${1:i:1}
    if [[ $letter != [A-Za-z0-9/._~-] ]]; then
      printf -v code %d "'$letter"
      printf -v letter %%%02X $((code & 255))
    fi
    uri+=$letter
  done
}

java_option() { # OPTION: sets quoted to a form that Spark splits correctly
  quoted=${1//\\/\\\\}
  quoted=\"${quoted//\"/\\\"}\"
}
