using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Reference implementations of the losses: loops over plain arrays, written from their formulas.</summary>
internal static class DenseArithmetic
{
    /// <summary>Computes -log of the softmax at the target.</summary>
    public static double CrossEntropy(IEnumerable<double> scores, int target)
    {
        double[] all = [.. scores];
        return Math.Log(all.Sum(score => Math.Exp(score - all.Max()))) + all.Max() - all[target];
    }

    /// <summary>Computes the mean cross-entropy of document i for query i among all documents.</summary>
    public static double InfoNce(double[][] queries, double[][] documents, double temperature) => queries
        .Select((query, index) => CrossEntropy(
            documents.Select(document => query.Zip(document, (x, y) => x * y).Sum() / temperature), index))
        .Average();

    /// <summary>Computes KL(softmax(teacher) || softmax(student)).</summary>
    public static double Kl(double[] teacher, double[] student) => teacher.Select((_, index) =>
        Math.Exp(-CrossEntropy(teacher, index)) * (CrossEntropy(student, index) - CrossEntropy(teacher, index))).Sum();

    /// <summary>Computes the sum over terms of the squared mean weight.</summary>
    public static double Flops(double[][] weights) =>
        Enumerable.Range(0, weights[0].Length).Sum(term => Math.Pow(weights.Average(row => row[term]), 2));

    /// <summary>Encodes each text on its own: log(1 + ReLU) of its largest logit per head row.</summary>
    public static double[][] Weights(
        Checkpoint checkpoint, IEnumerable<string> texts, int maxTokens) => [.. texts.Select(text =>
    {
        var logits = Logits(checkpoint, checkpoint.Tokenizer.Encode(text, maxTokens));
        return logits[0].Select((_, row) => Math.Log(1 + Math.Max(0, logits.Max(position => position[row])))).ToArray();
    })];

    /// <summary>Computes the logits of one text, [length][output].</summary>
    public static double[][] Logits(
        Checkpoint checkpoint, IReadOnlyList<int> tokens, AttentionVariant variant = AttentionVariant.Causal)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create([tokens], [], variant, CPU);
        var logits = checkpoint.Model.ComputeLogits(checkpoint.Model.forward(batch)).flatten(0, 1);
        return [.. logits.data<float>().ToArray().Select(value => (double)value)
            .Chunk(checkpoint.Model.Config.OutputSize)];
    }

    public static Tensor ToTensor(double[][] rows) =>
        tensor(rows.SelectMany(row => row.Select(value => (float)value)).ToArray(), [rows.Length, rows[0].Length]);
}
