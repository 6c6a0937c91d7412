using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>The summed scores of a recipe's teachers for a batch.</summary>
/// <param name="ByQuery">The scores as each query compares its documents, [queries, documents].</param>
/// <param name="ByDocument">The scores as each document compares its queries, [queries, documents].</param>
internal sealed record TeacherScores(Tensor ByQuery, Tensor ByDocument)
{
    private const double MinDeviation = 1e-6; // below it, equal scores differ by rounding only

    /// <summary>Weights one teacher's scores.</summary>
    /// <param name="scores">[queries, documents].</param>
    /// <param name="weight">The factor.</param>
    /// <param name="standardize">Whether to standardize the scores in each direction before.</param>
    public static TeacherScores Weigh(Tensor scores, double weight, bool standardize) => standardize
        ? new(Standardize(scores, dim: 1).Times(weight), Standardize(scores, dim: 0).Times(weight))
        : new(scores.Times(weight), scores.Times(weight));

    /// <summary>Adds the scores of another teacher.</summary>
    public TeacherScores Add(TeacherScores other) =>
        new(ByQuery.Plus(other.ByQuery), ByDocument.Plus(other.ByDocument));

    /// <summary>Copies the scores to a device.</summary>
    public TeacherScores To(Device device) => new(ByQuery.to(device), ByDocument.to(device));

    // Equal scores become 0: BM25 of a query that shares no word with any document, for example.
    private static Tensor Standardize(Tensor scores, long dim)
    {
        using var scope = NewDisposeScope();
        var centered = scores - scores.mean([dim], keepdim: true);
        var deviation = centered.Squared().mean([dim], keepdim: true).sqrt();
        return (centered / deviation.AtLeast(MinDeviation)).masked_fill(deviation.IsBelow(MinDeviation), Scalars.Zero)
            .MoveToOuterDisposeScope();
    }
}
