using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class LexicalTermsTests : IDisposable
{
    private static readonly TermVocabulary Terms = new(["cat", "dog", "bird"]);

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public LexicalTermsTests()
    {
        TinySentenceEncoder.Write(_folder.Path);
        _tokenizer = TextTokenizer.Load(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddTo_adds_weights_of_terms_in_texts_and_passes_gradient()
    {
        var weights = new LexicalWeights(new Dictionary<string, float> { ["cat"] = 2, ["bird"] = 0.5f });
        var space = new TermSpace(_tokenizer, Terms, new LsrSettings(), weights);
        using var model = full([3, 3], 0.25f, requires_grad: true);
        using var sums = LexicalTerms.AddTo(
            model, space, [.. new[] { "cat dog cat", "", "bird cat" }.Select(text => _tokenizer.Encode(text))],
            TextSide.Document);
        Assert.Equal(
            [2.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 2.25f, 0.25f, 0.75f], sums.data<float>().ToArray());
        using var half = sums * 0.5f;
        using var total = half.sum();
        total.backward();
        Assert.All(model.grad!.data<float>().ToArray(), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void AddTo_without_lexical_weights_changes_nothing()
    {
        using var model = ones(1, 3);
        using var sums = LexicalTerms.AddTo(
            model, new TermSpace(_tokenizer, Terms, new LsrSettings()), [_tokenizer.Encode("cat")], TextSide.Query);
        Assert.Equal([1, 1, 1], sums.data<float>().ToArray());
    }
}
