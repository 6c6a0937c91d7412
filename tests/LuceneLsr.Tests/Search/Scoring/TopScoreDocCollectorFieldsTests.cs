using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public class TopScoreDocCollectorFieldsTests
{
    // If this fails with a new version of Lucene.NET, searches still work, but collect every match.
    [Fact]
    public void Fields_exist_in_this_version_of_Lucene() => Assert.True(TopScoreDocCollectorFields.Exist);
}
