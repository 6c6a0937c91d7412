using System.Diagnostics;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>Opens the sources that a recipe names.</summary>
internal static class PairSources
{
    private const string TrainingSplit = "train";

    /// <summary>Opens a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="dataDirectory">The directory that the source's paths are relative to.</param>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static IPairSource Open(RecipeSource source, string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, source.Path);
        return source.Kind switch
        {
            PairKind.Pairs => PairLines.OpenJson(path),
            PairKind.Triples => Directory.Exists(path) ? new IdTriples(path) : PairLines.OpenTriples(path),
            PairKind.Judged when source.Scores is { } scores => new ScoredPairs(
                BeirCollection.Load(path, TrainingSplit), Path.Combine(dataDirectory, scores)),
            PairKind.Judged => Mine(source, new JudgedPairs(BeirCollection.Load(path, TrainingSplit))),
            PairKind.Titles => Mine(source, new TitlePairs(BeirCollection.ReadCorpus(path))),
            PairKind.Sentences => Mine(source, new SentencePairs(ReadPassages(path))),
            _ => throw new UnreachableException($"Unknown pair kind {source.Kind}."),
        };
    }

    private static IPairSource Mine(RecipeSource source, ICorpusPairs pairs) =>
        source.Negatives > 0 ? new Bm25Pairs(pairs) : pairs;

    private static IEnumerable<string> ReadPassages(string path) => Directory.Exists(path)
        ? BeirCollection.ReadCorpus(path).Select(document => document.Text)
        : TextFiles.ReadParagraphs(path);
}
