using LuceneLsr.Hosting.Caching;
using LuceneLsr.Hosting.Tests.Support;

namespace LuceneLsr.Hosting.Tests.Caching;

public class QueryVectorKeyTests
{
    [Fact]
    public void Create_differs_in_vocabulary_fingerprint_and_text()
    {
        string[] keys =
        [
            Create("v", "f", "text"), Create("w", "f", "text"), Create("v", "g", "text"), Create("v", null, "text"),
            Create("v", "f", "Text"), Create("v", "f", "text "), Create("vf", "", "text"), Create("", "vf", "text"),
            Create("v", "", "ftext"), Create("v", "f", ""), Create("v", "f", new string('a', 100_000)),
            Create("v", "f", new string('a', 100_001)), Create("v", "f", "\ud800"), Create("v", "f", "\ud801"),
            Create("v", "f", "\ufffd"), Create("v", "f", "text\0"),
        ];
        Assert.Distinct(keys);
    }

    [Fact]
    public void Create_of_any_text_is_a_short_printable_key_that_stays_the_same()
    {
        Assert.Matches("^lucenelsr:query:[0-9A-F]{64}$", Create("v", "f", "\0\n\ud800" + new string('a', 100_000)));
        Assert.Equal(Create("v", "f", "cut scenes"), Create("v", "f", "cut scenes"));
    }

    private static string Create(string vocabularyId, string? fingerprint, string text)
    {
        using var encoder = new RecordingEncoder
        {
            VocabularyId = vocabularyId,
            Identity = fingerprint is null ? null : new EncoderIdentity("name", fingerprint, "rule"),
        };
        return QueryVectorKey.Create(encoder, text);
    }
}
