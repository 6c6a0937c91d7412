using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Training.Tests.Support;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Models;

public sealed class RowOfTokenTests : IDisposable
{
    private static readonly LsrSettings Stems = new() { TermRule = new TermRule(Stemming.Porter) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GetRowOfToken_of_language_model_maps_each_token_to_its_own_row()
    {
        using var checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path, "run", "runs"));
        Assert.Equal(Enumerable.Range(0, checkpoint.Tokenizer.VocabularySize), checkpoint.GetRowOfToken());
    }

    [Fact]
    public void GetRowOfToken_of_term_head_maps_tokens_of_one_stem_to_its_row_and_others_to_none()
    {
        var tokenizer = WordTokenizer.Write(_folder.Path, "run", "runs", "cat", "dog", "...");
        using var checkpoint = TinyCheckpoint.Create(tokenizer, new TermVocabulary(["cat", null, "run"]), Stems);
        var rows = checkpoint.GetRowOfToken();
        Assert.Equal([0, 2, 2], new[] { "cat", "run", "runs" }.Select(word => rows[tokenizer.Id(word)]));
        Assert.Equal([TokenRows.None, TokenRows.None], new[] { "dog", "..." }.Select(word => rows[tokenizer.Id(word)]));
        Assert.Equal(3, rows.Count(row => row != TokenRows.None));
    }
}
