using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Semantic;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Semantic;

public sealed class TermDensityTests : IDisposable
{
    private static readonly string[] Passages =
        ["cats sleep", "a cat", "dog", "cat dog bird", "birds sing", "whale!", "sleep sing", "dog dog", "bird", "cat cats"];

    private readonly TemporaryFolder _folder = new();

    public TermDensityTests() => TinySentenceEncoder.Write(_folder.File("source"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TermPooling.Mean, 0.1, 1)]
    [InlineData(TermPooling.Mean, 0.3, 3)]
    [InlineData(TermPooling.Max, 0.3, 3)]
    [InlineData(TermPooling.Max, 0.04, 0)]
    [InlineData(TermPooling.Max, 0.99, 9)]
    public void Each_term_is_active_in_the_given_share_of_passages(TermPooling pooling, double density, int expected)
    {
        SemanticModel.Create(
            _folder.File("source"), Passages, new() { Pooling = pooling, MinPassages = 1 }, _folder.File("start"),
            _ => { }, TestContext.Current.CancellationToken);
        File.Delete(_folder.File("start/lexical_weights.txt")); // adds terms that the model does not
        using var checkpoint = Checkpoint.Load(_folder.File("start"));
        TermDensity.SetBiases(checkpoint, Passages, density, TestContext.Current.CancellationToken);
        using var encoder = new TorchSparseEncoder(checkpoint.WithSettings(
            checkpoint.Settings with { WholeWordWeight = PerSide.Both(0f) }));
        var counts = encoder.Encode(Passages, TextSide.Document, TestContext.Current.CancellationToken)
            .SelectMany(vector => vector.Entries).CountBy(entry => entry.Term).ToDictionary();
        Assert.All(checkpoint.Terms.GetDistinctTerms(), term => Assert.Equal(expected, counts.GetValueOrDefault(term)));
    }
}
