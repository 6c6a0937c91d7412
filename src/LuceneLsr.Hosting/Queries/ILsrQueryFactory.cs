using Lucene.Net.Analysis;
using Lucene.Net.Search;
using LuceneLsr.Search;

namespace LuceneLsr.Hosting.Queries;

/// <summary>
/// Creates queries with the application's encoder. A text that cannot be encoded is replaced by the fallback of the
/// encoder policy, which is logged and counted; without a fallback the encoder's exception is thrown. Thread-safe.
/// </summary>
public interface ILsrQueryFactory
{
    /// <summary>Creates the query of a text, without blocking the caller while it is encoded.</summary>
    /// <param name="field">The LSR field to search.</param>
    /// <param name="text">The text. It has no query syntax.</param>
    /// <param name="budget">Limits the search, or null for no limit. Its token also cancels the encoding.</param>
    /// <param name="cancellationToken">Cancels the encoding. Then there is no fallback.</param>
    /// <returns>The query, which matches nothing if the text has no terms.</returns>
    ValueTask<Query> CreateAsync(
        string field, string text, SearchBudget? budget = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a parser of the classic query syntax, with the fallback set.</summary>
    /// <param name="defaultField">The LSR field to search if a query does not name one.</param>
    /// <param name="otherFields">Analyzes text on all other fields, or null for the standard analyzer.</param>
    AsyncQueryParser CreateParser(string defaultField, Analyzer? otherFields = null);
}
