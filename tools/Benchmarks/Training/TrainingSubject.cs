using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Benchmarks.Models;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// The model and the pairs to train on. The model has random weights but is as sparse as a trained one: random logits
/// would make nearly every term active and the head's backward pass, which covers only active terms, many times slower
/// than in practice. So the head is untied and has a bias that leaves only the largest logits above zero.
/// </summary>
internal sealed class TrainingSubject : IDisposable
{
    private const int ActiveTermsPerDocument = 100;
    private const int SampledDocuments = 32;

    private readonly RandomCheckpoint _checkpoint;
    private readonly RandomPairs _pairs;
    private readonly float _bias;

    /// <summary>Writes the model and the pairs.</summary>
    /// <param name="config">The configuration of the model.</param>
    /// <param name="pairs">The number of pairs.</param>
    public TrainingSubject(DecoderConfig config, int pairs)
    {
        _checkpoint = new RandomCheckpoint(config with { TieWordEmbeddings = false, OutputBias = true });
        _pairs = new RandomPairs(pairs, RecipeVariant.QueryTokens, RecipeVariant.DocumentTokens);
        using var unbiased = Checkpoint.Load(_checkpoint.Path);
        _bias = -FindThreshold(
            unbiased, [.. BeirCollection.ReadCorpus(Data).Take(SampledDocuments).Select(text => text.Text)]);
    }

    /// <summary>Gets the folder of the pairs.</summary>
    public string Data => _pairs.Path;

    /// <summary>Loads the model in FP32. Every call returns the same weights.</summary>
    public Checkpoint Load()
    {
        var checkpoint = Checkpoint.Load(_checkpoint.Path);
        using var mode = no_grad();
        using Scalar bias = _bias;
        checkpoint.Model.HeadBias!.fill_(bias);
        return checkpoint;
    }

    public void Dispose()
    {
        _pairs.Dispose();
        _checkpoint.Dispose();
    }

    // Returns the pooled logit that ActiveTermsPerDocument terms per text exceed on average.
    private static float FindThreshold(Checkpoint checkpoint, string[] texts)
    {
        using var scope = NewDisposeScope();
        var batch = checkpoint.CreateBatch(
            [.. texts.Select(text => checkpoint.Space.Tokenize(text, RecipeVariant.DocumentTokens, out _))],
            TextSide.Document, CPU);
        var weights = PooledHead.ComputeWeights(checkpoint.Model, batch, checkpoint.GetPoolingRule(TextSide.Document));
        var (largest, _) = weights.flatten().topk((ActiveTermsPerDocument * texts.Length) + 1);
        return largest[-1].expm1().item<float>(); // inverts weight = log(1 + logit)
    }
}
