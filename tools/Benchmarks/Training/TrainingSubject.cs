using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// What is trained: pairs of random letters, and a model of random weights that is as sparse as a trained one. Random
/// logits make nearly every term active, and the head's backward pass, which is over the active terms alone, would take
/// many times as long as it ever does. So the head is one of its own, with a bias that leaves only the largest logits
/// above zero.
/// </summary>
internal sealed class TrainingSubject : IDisposable
{
    private const int ActiveTerms = 100; // of a document
    private const int Sample = 32;       // documents

    private readonly RandomCheckpoint _checkpoint;
    private readonly RandomPairs _pairs;
    private readonly float _bias;

    /// <summary>Writes model and pairs.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="pairs">How many pairs.</param>
    public TrainingSubject(DecoderConfig config, int pairs)
    {
        _checkpoint = new RandomCheckpoint(config with { TieWordEmbeddings = false, OutputBias = true });
        _pairs = new RandomPairs(pairs, RecipeVariant.QueryTokens, RecipeVariant.DocumentTokens);
        using var unbiased = Checkpoint.Load(_checkpoint.Path);
        _bias = -LargestLogit(unbiased, [.. BeirCollection.ReadCorpus(Data).Take(Sample).Select(text => text.Text)]);
    }

    /// <summary>The pairs' folder.</summary>
    public string Data => _pairs.Path;

    /// <summary>The model, the same one each time, in F32.</summary>
    public Checkpoint Load()
    {
        var checkpoint = Checkpoint.Load(_checkpoint.Path);
        using var ungraded = no_grad();
        checkpoint.Model.HeadBias!.fill_(_bias);
        return checkpoint;
    }

    public void Dispose()
    {
        _pairs.Dispose();
        _checkpoint.Dispose();
    }

    // The largest pooled logit of a text that has to stay below zero, on average.
    private static float LargestLogit(Checkpoint checkpoint, string[] texts)
    {
        using var scope = NewDisposeScope();
        var batch = checkpoint.CreateBatch(
            [.. texts.Select(text => checkpoint.Space.Tokenize(text, RecipeVariant.DocumentTokens, out _))],
            TextSide.Document, CPU);
        var weights = PooledHead.ComputeWeights(checkpoint.Model, batch, checkpoint.GetPoolingRule(TextSide.Document));
        var (largest, _) = weights.flatten().topk((ActiveTerms * texts.Length) + 1);
        return largest[-1].expm1().item<float>(); // the inverse of a weight's log(1 + logit)
    }
}
