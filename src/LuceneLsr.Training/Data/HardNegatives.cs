using LuceneLsr.Evaluation.Baselines;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Training.Data;

/// <summary>BM25's best wrong answers: documents that look as if they answered a query.</summary>
public sealed class HardNegatives : IDisposable
{
    /// <summary>They are drawn from so many of BM25's best documents that are not relevant.</summary>
    public const int Pool = 10;

    private readonly Dictionary<string, string> _texts;
    private readonly Bm25Index _index;

    /// <summary>Indexes the documents to mine.</summary>
    /// <param name="documents">An id and a text each.</param>
    public HardNegatives(IEnumerable<(string Id, string Text)> documents)
    {
        _texts = documents.ToDictionary(document => document.Id, document => document.Text, StringComparer.Ordinal);
        _index = new Bm25Index(_texts.Select(document => (document.Key, document.Value)));
    }

    /// <summary>Draws texts of distinct documents.</summary>
    /// <param name="pair">Its query; its relevant documents are left out.</param>
    /// <param name="count">How many, at most <see cref="Pool"/>; fewer where few documents share a word.</param>
    /// <param name="random">Draws from the pool.</param>
    public IReadOnlyList<string> Draw(TrainingPair pair, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(random);
        string[] pool = [.. _index.Search(pair.Query, Pool + pair.RelevantIds.Count)
            .Select(hit => hit.DocumentId).Where(id => !pair.RelevantIds.Contains(id)).Take(Pool)];
        random.Shuffle(pool);
        return [.. pool.Take(count).Select(id => _texts[id])];
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
