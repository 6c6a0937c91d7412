using LuceneLsr.Training.Data;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The student's and the teacher's scores of each query's own candidates, padded to one length.</summary>
/// <param name="Scores">The student's scores, [queries, candidates], the relevant document's first.</param>
/// <param name="Teacher">The teacher's scores, [queries, candidates].</param>
/// <param name="Mask">[queries, candidates]; true for candidates, false for padding.</param>
internal sealed record CandidateScores(Tensor Scores, Tensor Teacher, Tensor Mask)
{
    /// <summary>Gathers the scores of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scores">The student's scores of all documents, [queries, documents].</param>
    /// <returns>The scores, or null if the batch has no teacher's scores or no hard negatives.</returns>
    public static CandidateScores? FromBatch(TrainingBatch batch, Tensor scores)
    {
        int queries = batch.Queries.Count, candidates = batch.Candidates.Max(own => own.Count);
        if (candidates == 1 || batch.Pairs.Any(pair => pair.TeacherScores is null))
        {
            return null; // the relevant document's score alone carries no signal
        }

        var (indexes, teacher, mask) =
            (new long[queries, candidates], new float[queries, candidates], new bool[queries, candidates]);
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
