using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// Distillation of a teacher's scores of all documents of a batch, in both directions: the mean of
/// KL(softmax(t / T) || softmax(s / T)) over documents for each query, and over queries for each document, where s are
/// the student's scores, t the teacher's and T the temperature (Hinton et al., arXiv 1503.02531; both directions as in
/// CLIP, Radford et al., arXiv 2103.00020).
/// </summary>
internal static class InBatchKlLoss
{
    /// <summary>Computes the loss: the mean over queries plus the mean over documents, halved.</summary>
    /// <param name="scores">The student's scores, [queries, documents].</param>
    /// <param name="byQuery">The teacher's scores as each query compares its documents, [queries, documents].</param>
    /// <param name="byDocument">The teacher's scores as each document compares its queries, of the same shape.</param>
    /// <param name="temperature">Divides all scores; greater than zero.</param>
    public static Tensor Compute(Tensor scores, Tensor byQuery, Tensor byDocument, double temperature)
    {
        using var scope = NewDisposeScope();
        return ComputeDivergence(byQuery, dim: 1).Plus(ComputeDivergence(byDocument, dim: 0)).DividedBy(2)
            .MoveToOuterDisposeScope();

        Tensor ComputeDivergence(Tensor teacher, long dim)
        {
            Tensor student = LogSoftmax(scores, dim), target = LogSoftmax(teacher, dim);
            return (target.exp() * (target - student)).sum([dim]).mean();
        }

        Tensor LogSoftmax(Tensor values, long dim) => nn.functional.log_softmax(values.DividedBy(temperature), dim);
    }
}
