using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Tools.Benchmarks.Hosts;

/// <summary>The fields that documents of an application have beside their impacts, with random values.</summary>
internal static class HostFields
{
    private const string Percentile = "percentile";
    private const string Decile = "decile";
    private const string Rank = "rank";

    /// <summary>Gets a filter that lets 10 % of the documents through. It makes a bit set for each search.</summary>
    public static Filter RangeFilter { get; } = CreateRangeFilter(10);

    /// <summary>Gets a filter that lets 90 % of the documents through and caches them.</summary>
    public static Filter CachedFilter { get; } = new CachingWrapperFilter(CreateRangeFilter(90));

    /// <summary>Gets a filter that lets the documents of <see cref="CreateClause"/> through, one by one.</summary>
    public static Filter QueryFilter { get; } = new QueryWrapperFilter(CreateClause());

    /// <summary>Gets an order that has nothing to do with the score.</summary>
    public static Sort Order { get; } = new(new SortField(Rank, SortFieldType.INT32));

    /// <summary>Creates a query that matches 10 % of the documents.</summary>
    public static Query CreateClause() => new TermQuery(new Term(Decile, "0"));

    /// <summary>Creates the fields of a document.</summary>
    public static IEnumerable<IIndexableField> Create(int document)
    {
        var random = new Random(document);
        var percentile = random.Next(100);
        return
        [
            new Int32Field(Percentile, percentile, Field.Store.NO),
            new StringField(Decile, $"{percentile / 10}", Field.Store.NO),
            new NumericDocValuesField(Rank, random.Next()),
        ];
    }

    private static NumericRangeFilter<int> CreateRangeFilter(int percent) =>
        NumericRangeFilter.NewInt32Range(Percentile, 0, percent - 1, minInclusive: true, maxInclusive: true);
}
