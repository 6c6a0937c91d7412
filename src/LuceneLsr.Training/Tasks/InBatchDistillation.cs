using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// The teachers of a recipe, and the learned factor that brings the student's scores to their scale. Its logarithm is
/// trained, so that it stays positive.
/// </summary>
internal sealed class InBatchDistillation : IDisposable
{
    private readonly TeacherEnsemble _teachers;

    /// <summary>Creates the factor.</summary>
    /// <param name="teachers">The teachers.</param>
    /// <param name="settings">The settings of the factor.</param>
    /// <param name="device">The device that the student is trained on.</param>
    public InBatchDistillation(TeacherEnsemble teachers, ScoreScaleSettings settings, Device device)
    {
        (_teachers, PeakRate) = (teachers, settings.LearningRate);
        using var noGrad = no_grad();
        LogScale = nn.Parameter(tensor([(float)Math.Log(settings.Initial)], device: device));
    }

    /// <summary>Gets the logarithm of the factor, [1].</summary>
    public Parameter LogScale { get; }

    /// <summary>Gets the peak learning rate of <see cref="LogScale"/>.</summary>
    public double PeakRate { get; }

    /// <summary>Gets the factor.</summary>
    public double Scale => Math.Exp(LogScale.detach().item<float>());

    /// <summary>Computes the teachers' scores of a batch on a device.</summary>
    public TeacherScores ScoreTeachers(TrainingBatch batch, Device device) => _teachers.Score(batch, device);

    /// <summary>Scales the student's scores to compare them with the teachers'.</summary>
    /// <param name="scores">The student's scores, [queries, documents].</param>
    /// <param name="teacher">The teachers' scores of the same batch.</param>
    public InBatchScores Compare(Tensor scores, TeacherScores teacher) => new(scores * LogScale.exp(), teacher);

    /// <inheritdoc/>
    public void Dispose() => LogScale.Dispose();
}
