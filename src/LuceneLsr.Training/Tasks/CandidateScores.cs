using LuceneLsr.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>Scores of each query's own document and its own negatives, where a teacher scored them all.</summary>
/// <param name="Scores">The student's, [queries, candidates], the relevant document's first.</param>
/// <param name="Teacher">The teacher's, of the same shape.</param>
/// <param name="Mask">True for each candidate that there is, of the same shape.</param>
internal sealed record CandidateScores(Tensor Scores, Tensor Teacher, Tensor Mask)
{
    /// <summary>The scores of a batch; null where the teacher did not score it, or none has a negative.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scores">All of the student's scores, [queries, documents].</param>
    public static CandidateScores? Of(TrainingBatch batch, Tensor scores)
    {
        int queries = batch.Queries.Count, most = batch.Candidates.Max(own => own.Count);
        if (most == 1 || batch.Pairs.Any(pair => pair.TeacherScores is null))
        {
            return null; // the relevant document's score alone teaches nothing
        }

        var (indexes, teacher, mask) =
            (new long[queries, most], new float[queries, most], new bool[queries, most]);
        for (var query = 0; query < queries; query++)
        {
            for (var own = 0; own < batch.Candidates[query].Count; own++)
            {
                indexes[query, own] = batch.Candidates[query][own];
                teacher[query, own] = batch.Pairs[query].TeacherScores![own];
                mask[query, own] = true;
            }
        }

        using var gathered = tensor(indexes, device: scores.device);
        return new(
            scores.gather(1, gathered), tensor(teacher, device: scores.device), tensor(mask, device: scores.device));
    }
}
