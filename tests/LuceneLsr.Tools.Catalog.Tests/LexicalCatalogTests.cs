namespace LuceneLsr.Tools.Catalog.Tests;

public sealed class LexicalCatalogTests() : CatalogTests(EngineKind.Lexical)
{
    [Theory]
    [InlineData("destroy documents")]
    [InlineData("stop thieves")]
    [InlineData("cut wood")]
    public void Search_other_words_than_those_of_the_product_finds_nothing(string text) =>
        Assert.Empty(Find(new(text)));
}
