using CsCheck;
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

    /// <summary>
    /// Computes half the mean divergence over rows, plus half of that over columns; the rows of each matrix are
    /// queries.
    /// </summary>
    public static double InBatchKl(
        double[][] student, double[][] byQuery, double[][] byDocument, double temperature) =>
        (MeanKl(byQuery, student, temperature) + MeanKl(Transpose(byDocument), Transpose(student), temperature)) / 2;

    /// <summary>
    /// Computes the mean squared difference of margins between document i and each other document for query i.
    /// </summary>
    public static double InBatchMarginMse(double[][] student, double[][] teacher) => (
        from query in Enumerable.Range(0, student.Length)
        from other in Enumerable.Range(0, student[query].Length)
        where other != query
        let margin = student[query][query] - student[query][other]
        select Math.Pow(margin - (teacher[query][query] - teacher[query][other]), 2)).Average();

    /// <summary>Standardizes a list to mean 0 and standard deviation 1; equal values become 0.</summary>
    public static double[] Standardize(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2)));
        return [.. values.Select(value => deviation == 0 ? 0 : (value - mean) / deviation)];
    }

    /// <summary>Exchanges rows and columns.</summary>
    public static double[][] Transpose(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];

    /// <summary>Compares the gradient of a matrix with central differences of a function of it.</summary>
    public static void AssertGradient(Tensor matrix, double[][] values, Func<double[][], double> compute)
    {
        const double Delta = 1e-5;
        var gradient = matrix.grad!.data<float>().ToArray();
        foreach (var (index, actual) in gradient.Index())
        {
            var (row, column) = Math.DivRem(index, values[0].Length);
            var expected = (compute(Shift(row, column, Delta)) - compute(Shift(row, column, -Delta))) / (2 * Delta);
            Assert.Equal(expected, actual, 1e-3 * (1 + Math.Abs(expected)));
        }

        double[][] Shift(int row, int column, double by)
        {
            double[][] shifted = [.. values.Select(line => (double[])[.. line])];
            shifted[row][column] += by;
            return shifted;
        }
    }

    /// <summary>Gets random scores of a student and a teacher, at least as many documents as queries.</summary>
    public static Gen<(double[][] Student, double[][] ByQuery, double[][] ByDocument)> ScoreMatrices { get; } =
        from queries in Gen.Int[1, 4]
        from documents in Gen.Int[Math.Max(2, queries), 6]
        let matrix = Gen.Int[-50, 50].Select(tenths => tenths / 10.0).Array[documents].Array[queries]
        from student in matrix
        from byQuery in matrix
        from byDocument in matrix
        select (student, byQuery, byDocument);

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

    private static double MeanKl(double[][] teacher, double[][] student, double temperature) => teacher.Zip(
        student,
        (target, own) => Kl([.. target.Select(x => x / temperature)], [.. own.Select(x => x / temperature)])).Average();

    public static Tensor ToTensor(double[][] rows) =>
        tensor(rows.SelectMany(row => row.Select(value => (float)value)).ToArray(), [rows.Length, rows[0].Length]);
}
