using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace LuceneLsr.Tools.Catalog.Engines;

/// <summary>
/// What differs between keyword search and learned search: how texts are indexed, and queries parsed.
/// </summary>
internal interface ICatalogEngine : IDisposable
{
    /// <summary>Gets the similarity of searchers.</summary>
    Similarity Similarity { get; }

    /// <summary>Opens the writer of the index.</summary>
    IndexWriter CreateWriter(Lucene.Net.Store.Directory directory);

    /// <summary>Parses a query string on the body.</summary>
    /// <param name="reader">The reader of the index that is searched.</param>
    /// <param name="text">The query string.</param>
    Query Parse(IndexReader reader, string text);
}
