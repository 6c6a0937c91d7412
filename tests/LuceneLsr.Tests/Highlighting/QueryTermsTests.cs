using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Highlighting;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.Tests.Highlighting;

public class QueryTermsTests
{
    [Fact]
    public void Collect_adds_up_boosted_terms_of_the_field_without_excluded_ones()
    {
        var query = new BooleanQuery { Boost = 2 };
        query.Add(new ImpactQuery("body", [new("cat", 3), new("dog", 1)]) { Boost = 2 }, Occur.SHOULD);
        query.Add(new ImpactQuery("body", [new("cat", 1)]), Occur.MUST);
        query.Add(new ImpactQuery("body", [new("sun", 1)]), Occur.MUST_NOT);
        query.Add(new ImpactQuery("title", [new("rain", 1)]), Occur.SHOULD);
        query.Add(new TermQuery(new Term("body", "word")), Occur.SHOULD);
        query.Add(new HybridQuery(new WeightedQuery(new ImpactQuery("body", [new("film", 2)]), 3)), Occur.SHOULD);
        Assert.Equal(
            [new("cat", 14), new("film", 12), new("dog", 4)], QueryTerms.Collect(query, "body").Entries);
    }
}
