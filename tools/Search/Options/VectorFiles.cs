using LuceneLsr.Evaluation.Collections;
using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Loads files of precomputed vectors.</summary>
internal static class VectorFiles
{
    /// <summary>
    /// Loads the vectors of a collection, and warns about document vectors without a document and queries without a
    /// vector. Files of queries often have those of all splits, which is no reason to warn.
    /// </summary>
    /// <param name="documents">The file of document vectors.</param>
    /// <param name="queries">The file of query vectors, or null if queries are encoded otherwise.</param>
    /// <param name="collection">The collection.</param>
    public static PrecomputedVectorEncoder Load(string documents, string? queries, BeirCollection collection)
    {
        var vectors = new PrecomputedVectorEncoder(documents, queries, vocabularyId: documents, new(
            collection.Queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal),
            collection.Corpus.ToDictionary(
                document => document.Id, document => document.Contents, StringComparer.Ordinal)));
        Warn(vectors);
        return vectors;
    }

    /// <summary>Gets the scale of each side: the given one, or the identity if the vectors are impacts already.</summary>
    public static PerSide<ImpactScale> GetScales(this PrecomputedVectorEncoder vectors, ImpactScale scale)
    {
        return new(ScaleOf(TextSide.Query), ScaleOf(TextSide.Document));

        ImpactScale ScaleOf(TextSide side) => vectors.HasImpacts(side) ? ImpactScale.Identity : scale;
    }

    private static void Warn(PrecomputedVectorEncoder vectors)
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
