namespace LuceneLsr.VectorFiles.Exports;

/// <summary>The shell script that loads an export into a cluster.</summary>
internal static class LoadScript
{
    private const int MaxNameLength = 255;

    /// <summary>Creates the script.</summary>
    /// <param name="index">
    /// The name of the index. Both engines limit it to characters that have no meaning in a shell.
    /// </param>
    /// <exception cref="ArgumentException">The name is not valid in both engines.</exception>
    public static string Create(string index)
    {
        if (index.Length is 0 or > MaxNameLength || index[0] is '-' or '_' or '.' || !index.All(IsNameCharacter))
        {
            throw new ArgumentException(
                $"'{index}' cannot name an index. Use lower-case letters, digits, '-', '_' and '.', and begin with a "
                + "letter or digit.",
                nameof(index));
        }

        return $$"""
            #!/bin/sh
            # Creates the index and loads all documents. It stops at the first error; delete the index to start over.
            # URL is that of the cluster. CURL_OPTIONS may have more options of curl, such as --user or --cacert.
            set -eu
            cd "$(dirname "$0")"
            URL=${URL:-http://localhost:9200}

            send() {
                method=$1 path=$2 type=$3 file=$4
                # shellcheck disable=SC2086 # several options
                curl ${CURL_OPTIONS:-} --silent --show-error --fail-with-body --request "$method" \
                    --header "Content-Type: application/$type" --data-binary "@$file" "$URL/{{index}}$path"
            }

            send PUT "" json mapping.json
            echo
            for file in bulk-*.ndjson; do
                answer=$(send POST "/_bulk?filter_path=errors,items.*.error" x-ndjson "$file")
                case $answer in
                    *'"errors":false'*) echo "$file: loaded" ;;
                    *) echo "$file: $answer" >&2; exit 1 ;;
                esac
            done
            send PUT /_settings json serving.json
            echo
            # shellcheck disable=SC2086
            curl ${CURL_OPTIONS:-} --silent --show-error --fail-with-body --request POST "$URL/{{index}}/_refresh"
            echo

            """.ReplaceLineEndings("\n");
    }

    private static bool IsNameCharacter(char character) =>
        char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_' or '.';
}
