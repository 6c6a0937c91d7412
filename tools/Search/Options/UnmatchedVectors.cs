using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Warns about vectors in files that do not match the collection.</summary>
internal static class UnmatchedVectors
{
    /// <summary>Warns about document vectors without a document and queries without a vector.</summary>
    /// <remarks>Files of queries often have those of all splits, which is no reason to warn.</remarks>
    public static void Warn(PrecomputedVectorEncoder vectors)
    {
        if (vectors.CountVectorsWithoutText(TextSide.Document) is > 0 and var unused)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{unused:N0} document vectors are ignored: their ids are not in the collection.[/]");
        }

        if (vectors.CountTextsWithoutVector(TextSide.Query) is > 0 and var missing)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{missing:N0} queries have no vector and find nothing.[/]");
        }
    }
}
