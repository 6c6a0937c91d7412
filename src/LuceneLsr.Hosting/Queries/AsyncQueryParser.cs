using Lucene.Net.Analysis;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;

namespace LuceneLsr.Hosting.Queries;

/// <summary>
/// A parser of the classic query syntax that need not block its caller while texts are encoded. Like its base class, it
/// is not safe for concurrent use; create one per query.
/// </summary>
public sealed class AsyncQueryParser : LsrQueryParser
{
    private readonly IQueryEncoder _queries;
    private readonly SubstitutableEncoder _encoder;

    internal AsyncQueryParser(string defaultField, Analyzer? otherFields, LsrAnalyzer lsr, IQueryEncoder queries)
        : this(defaultField, otherFields, new SubstitutableEncoder(lsr.Encoder), lsr.Scale, queries)
    {
    }

    private AsyncQueryParser(
        string defaultField, Analyzer? otherFields, SubstitutableEncoder encoder, ImpactScale scale,
        IQueryEncoder queries)
        : base(LuceneVersion.LUCENE_48, defaultField, new LsrAnalyzer(encoder, scale), otherFields) =>
        (_encoder, _queries) = (encoder, queries);

    /// <summary>Parses a query string. Its texts are encoded at the same time.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="cancellationToken">Cancels the encoding. Then there is no fallback.</param>
    /// <exception cref="Lucene.Net.QueryParsers.Classic.ParseException">
    /// The string is empty, is not valid classic syntax or exceeds one of the limits.
    /// </exception>
    public async Task<Query> ParseAsync(string query, CancellationToken cancellationToken = default)
    {
        // Parsed once to learn its texts, and again with their vectors, because Lucene's parser cannot wait.
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Parse(query, text =>
        {
            texts.Add(text);
            return SparseVector.Empty;
        });
        var vectors = texts.ToDictionary(
            text => text, text => _queries.EncodeAsync(text, cancellationToken).AsTask(), StringComparer.Ordinal);
        await Task.WhenAll(vectors.Values.AsEnumerable<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return Parse(query, text => vectors[text].GetAwaiter().GetResult());
    }

    private Query Parse(string query, Func<string, SparseVector> encode)
    {
        _encoder.Substitute = encode;
        try
        {
            return Parse(query);
        }
        finally
        {
            _encoder.Substitute = null;
        }
    }
}
