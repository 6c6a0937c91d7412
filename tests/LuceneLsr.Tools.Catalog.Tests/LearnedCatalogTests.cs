namespace LuceneLsr.Tools.Catalog.Tests;

public sealed class LearnedCatalogTests() : CatalogTests(EngineKind.Learned)
{
    [Theory]
    [InlineData("destroy documents", "shredder")]
    [InlineData("stop thieves", "bike-lock")]
    [InlineData("cut wood", "hand-saw")]
    [InlineData("bed for camping", "sleeping-bag")]
    public void Search_other_words_than_those_of_the_product_finds_it_first(string text, string id) =>
        Assert.Equal(id, Find(new(text))[0]);
}
