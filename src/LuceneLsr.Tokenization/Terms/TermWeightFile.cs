using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Terms;

/// <summary>Reads and writes files with one weight per term: a term, a tab and a weight per line.</summary>
internal static class TermWeightFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terms">The terms of its checkpoint.</param>
    /// <exception cref="CheckpointException">
    /// A line is malformed or names an unknown term. The message names the line.
    /// </exception>
    public static IReadOnlyDictionary<string, float> Read(string path, TermVocabulary terms)
    {
        var known = terms.GetDistinctTerms().ToHashSet(StringComparer.Ordinal);
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (index, line) in CheckpointFile.ReadLines(path).Index())
        {
            var (term, weight) = Parse(line) ?? throw CreateError("expected a term, a tab and a weight of at least 0.");
            if (!known.Contains(term))
            {
                throw CreateError($"'{term}' is not in the checkpoint's {TermVocabulary.FileName}, whose terms "
                    + "may be stems. Correct the term, or use files that were made together.");
            }

            if (!weights.TryAdd(term, weight))
            {
                throw CreateError($"duplicate term '{term}'. Terms must be unique.");
            }

            CheckpointException CreateError(string problem) => new($"{path}, line {index + 1}", problem);
        }

        return weights;
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, float>> weights) => AtomicFile.WriteText(
        path,
        string.Concat(weights.Select(
            entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}\t{entry.Value}\n"))));

    private static TermWeight? Parse(string line) =>
        line.LastIndexOf('\t') is > 0 and var tab
        && float.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
        && weight is >= 0 and < float.PositiveInfinity
            ? new(line[..tab], weight)
            : null;
}
