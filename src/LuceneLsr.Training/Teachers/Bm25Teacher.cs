using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Training.Data;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// BM25 with k1 = 0.9, b = 0.4 and the terms of Lucene's English analyzer, as <see cref="Bm25Index"/>. Document
/// frequencies and the average length are those of a sample of documents, because a batch has too few to tell common
/// words from rare ones.
/// </summary>
/// <remarks>Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.</remarks>
internal sealed class Bm25Teacher : ITeacher
{
    private readonly Dictionary<string, int> _documentFrequency = new(StringComparer.Ordinal);
    private readonly int _documents;
    private readonly TermFrequencyFactor _factor;

    /// <summary>Counts terms.</summary>
    /// <param name="sample">The sample of documents, not empty.</param>
    public Bm25Teacher(IEnumerable<string> sample)
    {
        var length = 0L;
        foreach (var terms in sample.Select(EnglishTerms.Analyze))
        {
            _documents++;
            length += terms.Count;
            foreach (var term in terms.Distinct(StringComparer.Ordinal))
            {
                _documentFrequency[term] = _documentFrequency.GetValueOrDefault(term) + 1;
            }
        }

        var averageLength = Math.Max(1, (float)length / _documents); // 1 if no document of the sample has a term
        _factor = new(Bm25Parameters.Default.K1, Bm25Parameters.Default.B, averageLength);
    }

    /// <inheritdoc/>
    public Tensor Score(TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var documents = batch.Documents.Select(WeighTerms).ToArray();
        var scores = new float[batch.Queries.Count, documents.Length];
        foreach (var (query, text) in batch.Queries.Index())
        {
            var terms = EnglishTerms.Analyze(text);
            foreach (var (document, weights) in documents.Index())
            {
                scores[query, document] = (float)terms.Sum(term => weights.GetValueOrDefault(term));
            }
        }

        return tensor(scores);
    }

    private Dictionary<string, double> WeighTerms(string document)
    {
        var terms = EnglishTerms.Analyze(document);
        return terms.CountBy(term => term, StringComparer.Ordinal).ToDictionary(
            count => count.Key, count => ComputeIdf(count.Key) * _factor.Compute(count.Value, terms.Count),
            StringComparer.Ordinal);
    }

    private double ComputeIdf(string term)
    {
        var frequency = _documentFrequency.GetValueOrDefault(term);
        return Math.Log(1 + ((_documents - frequency + 0.5) / (frequency + 0.5)));
    }
}
