using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>Opens what a recipe's sources name.</summary>
internal static class PairSources
{
    /// <summary>Opens one.</summary>
    /// <param name="source">The source.</param>
    /// <param name="dataDirectory">What its paths are relative to.</param>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static IPairSource Open(RecipeSource source, string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, source.Path);
        return source.Kind switch
        {
            PairKind.Pairs => PairLines.OpenJson(path),
            PairKind.Triples => Directory.Exists(path) ? new IdTriples(path) : PairLines.OpenTriples(path),
            PairKind.Judged when source.Scores is { } scores =>
                new ScoredPairs(BeirCollection.Load(path, "train"), Path.Combine(dataDirectory, scores)),
            _ when source.Negatives > 0 => new Bm25Pairs(OpenCorpus(source.Kind, path)),
            _ => OpenCorpus(source.Kind, path),
        };
    }

    private static ICorpusPairs OpenCorpus(PairKind kind, string path) => kind switch
    {
        PairKind.Judged => new JudgedPairs(BeirCollection.Load(path, "train")),
        PairKind.Titles => new TitlePairs(BeirCollection.ReadCorpus(path)),
        PairKind.Sentences when Directory.Exists(path) =>
            new SentencePairs(BeirCollection.ReadCorpus(path).Select(document => document.Text)),
        _ => new SentencePairs(TextFiles.ReadParagraphs(path)),
    };
}
