# shellcheck shell=bash
# Sourced by the benches that run Java themselves.

# The home of a JDK 25 or newer. Prints nothing and fails where there is none.
jdk() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if grep -qs '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$home/release"; then
            echo "$home"
            return
        fi
    done
    echo "bench/$(basename "$0"): needs a JDK 25 or newer; set JAVA_HOME" >&2
    return 1
}
