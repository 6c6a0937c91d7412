using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public class TitlePairsTests
{
    [Fact]
    public void Draw_pairs_titles_with_texts_of_documents_that_have_both()
    {
        var pairs = new TitlePairs(
        [
            new("1", "Wings", "of a bird"), new("2", "", "text"), new("3", "title", ""), new("4", " ", "text"),
            new("5", "Fins", "of a fish"),
        ]);
        Assert.Equal(
            [("Wings", "of a bird"), ("Fins", "of a fish")],
            Enumerable.Range(0, pairs.Count).Select(index => pairs.Draw(index, new Random(1)))
                .Select(pair => (pair.Query, pair.Document)));
        Assert.Equal([("1", "of a bird"), ("5", "of a fish")], pairs.Documents);
        Assert.Equal(["5"], pairs.Draw(1, new Random(1)).RelevantIds);
    }
}
