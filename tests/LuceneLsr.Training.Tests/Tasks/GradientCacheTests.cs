using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class GradientCacheTests : IDisposable
{
    private static readonly string[] Words = ["one", "two", "three", "four", "five", "six"];

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint;
    private readonly IReadOnlyList<int>[] _texts;

    public GradientCacheTests()
    {
        _checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path, Words), layers: 2);
        _texts = [.. Enumerable.Range(0, 7).Select(text => _checkpoint.Tokenizer.Encode(
            string.Join(' ', Enumerable.Range(text, 1 + (text % 3)).Select(word => Words[word % Words.Length]))))];
    }

    public void Dispose()
    {
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(TermPooling.Max, 1)]
    [InlineData(TermPooling.Max, 3)]
    [InlineData(TermPooling.Max, 7)]
    [InlineData(TermPooling.Max, 100)]
    [InlineData(TermPooling.Sum, 3)]
    public void Chunked_weights_and_gradients_match_whole_batch(TermPooling pooling, int chunk)
    {
        using var scope = NewDisposeScope();
        var whole = Encode(0..7, pooling);
        Loss(whole).backward();
        var expected = _checkpoint.Model.GetGradients();
        _checkpoint.Model.zero_grad();

        var cache = new GradientCache(range => Encode(range, pooling), _texts.Length, chunk);
        Loss(cache.Weights).backward();
        cache.Backward();
        Near.Equal(whole.data<float>().ToArray(), cache.Weights.data<float>().ToArray(), 1e-6);
        Near.Equal(expected, _checkpoint.Model.GetGradients());
    }

    /// <summary>The reference encodes each chunk once, with the generator state of its first encoding.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(7, true)]
    public void Dropout_is_identical_when_a_chunk_is_encoded_again(int chunk, bool recomputed)
    {
        using var scope = NewDisposeScope();
        _checkpoint.Model.AddTrainedLora(dropout: 0.3);
        _checkpoint.Model.RecomputesActivations = recomputed;
        var states = new List<(Range Chunk, Tensor State)>();
        var cache = new GradientCache(
            range =>
            {
                states.Add((range, get_rng_state().MoveToOtherDisposeScope(scope)));
                return Encode(range, TermPooling.Max);
            },
            _texts.Length, chunk);
        Loss(cache.Weights).backward();
        cache.Backward();
        var actual = _checkpoint.Model.GetGradients();
        _checkpoint.Model.zero_grad();

        var whole = cat([.. states.DistinctBy(pair => pair.Chunk).Select(pair =>
        {
            set_rng_state(pair.State);
            return Encode(pair.Chunk, TermPooling.Max);
        })]);
        Loss(whole).backward();
        Near.Equal(whole.data<float>().ToArray(), cache.Weights.data<float>().ToArray(), 1e-6);
        Near.Equal(_checkpoint.Model.GetGradients(), actual);
    }

    [Fact]
    public void Dropout_differs_between_chunks()
    {
        using var scope = NewDisposeScope();
        _checkpoint.Model.AddTrainedLora(dropout: 0.3);
        var cache = new GradientCache(_ => Encode(0..1, TermPooling.Max), texts: 2, chunkSize: 1);
        Assert.NotEqual(cache.Weights[0].data<float>().ToArray(), cache.Weights[1].data<float>().ToArray());
    }

    // A loss that couples every text with every other.
    private static Tensor Loss(Tensor weights) =>
        InfoNceLoss.Compute(weights.matmul(weights.t()), temperature: 5) + FlopsRegularizer.Compute(weights);

    private Tensor Encode(Range range, TermPooling pooling)
    {
        using var batch = _checkpoint.CreateBatch(_texts[range], TextSide.Document, CPU);
        return PooledHead.ComputeTrainableWeights(_checkpoint.Model, batch, new(pooling));
    }
}
