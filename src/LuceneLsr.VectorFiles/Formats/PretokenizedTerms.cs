namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Checks terms for Anserini, which joins them with spaces and splits them at white space again (<c>-pretokenized</c>).
/// </summary>
internal static class PretokenizedTerms
{
    /// <summary>Requires that no term contains white space.</summary>
    /// <exception cref="InvalidDataException">A term contains white space. The message names the record.</exception>
    public static void Require(VectorRecord record)
    {
        foreach (var (term, _) in record.Vector.Entries)
        {
            if (term.Any(char.IsWhiteSpace))
            {
                throw new InvalidDataException(
                    $"'{record.Id}': the term '{term}' contains white space, where Anserini would split it. Remove it.");
            }
        }
    }
}
