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

    /// <summary>Creates the parser. <see cref="ILsrQueryFactory"/> also sets the fallback.</summary>
    /// <param name="defaultField">The LSR field to search if a query does not name one.</param>
    /// <param name="lsr">The analyzer that filled the LSR fields.</param>
    /// <param name="queries">Encodes the texts.</param>
    /// <param name="otherFields">Analyzes text on all other fields, or null for the standard analyzer.</param>
    public AsyncQueryParser(
        string defaultField, LsrAnalyzer lsr, IQueryEncoder queries, Analyzer? otherFields = null)
        : this(
            defaultField, otherFields,
            new SubstitutableEncoder((lsr ?? throw new ArgumentNullException(nameof(lsr))).Encoder), lsr.Scale,
            queries ?? throw new ArgumentNullException(nameof(queries)))
    {
    }

    private AsyncQueryParser(
        string defaultField, Analyzer? otherFields, SubstitutableEncoder encoder, ImpactScale scale,
        IQueryEncoder queries)
        : base(LuceneVersion.LUCENE_48, defaultField, new LsrAnalyzer(encoder, scale), otherFields) =>
        (_encoder, _queries) = (encoder, queries);

    /// <summary>Parses a query string. Its texts are encoded at the same time.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="cancellationToken">
    /// Cancels the encoding, as the token of the <see cref="LsrQueryParser.Budget"/> does. Then there is no fallback.
    /// </param>
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
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, Budget?.CancellationToken ?? default);
        var vectors = texts.ToDictionary(
            text => text, text => _queries.EncodeAsync(text, linked.Token).AsTask(), StringComparer.Ordinal);
        await Task.WhenAll(vectors.Values.AsEnumerable<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        Budget?.CancellationToken.ThrowIfCancellationRequested();
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
