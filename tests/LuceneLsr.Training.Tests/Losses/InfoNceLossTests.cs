using CsCheck;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class InfoNceLossTests
{
    [Fact]
    public void Loss_is_mean_cross_entropy_of_each_querys_own_document()
    {
        using var scores = tensor(new float[,] { { 1, 0, 1 }, { 0, 2, 2 } }); // the third is a hard negative
        using var loss = InfoNceLoss.Compute(scores, temperature: 1);
        var first = -Math.Log(Math.E / (Math.E + 1 + Math.E));
        var second = -Math.Log(Math.Exp(2) / (1 + (2 * Math.Exp(2))));
        Assert.Equal((first + second) / 2, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Loss_of_random_batches_matches_naive_loop() => Gen.Select(Batches, Gen.Double[0.1, 5]).Sample(
        (batch, temperature) =>
        {
            using var scope = NewDisposeScope();
            var (queries, documents) = batch;
            var scores = DenseArithmetic.ToTensor(queries).matmul(DenseArithmetic.ToTensor(documents).t());
            var loss = InfoNceLoss.Compute(scores, temperature).item<float>();
            var expected = DenseArithmetic.InfoNce(queries, documents, temperature);
            Assert.Equal(expected, loss, 1e-4 * (1 + expected));
        },
        iter: 200);

    private static Gen<(double[][], double[][])> Batches { get; } =
        from terms in Gen.Int[1, 6]
        from queries in Gen.Double[0, 3].Array[terms].Array[1, 5]
        from documents in Gen.Double[0, 3].Array[terms].Array[queries.Length, queries.Length + 4]
        select (queries, documents);
}
