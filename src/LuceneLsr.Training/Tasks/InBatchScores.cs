using LuceneLsr.Training.Teachers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The scores of all documents of a batch for all queries.</summary>
/// <param name="Student">The student's scores, brought to the teachers' scale, [queries, documents].</param>
/// <param name="Teacher">The teachers' scores.</param>
internal sealed record InBatchScores(Tensor Student, TeacherScores Teacher);
