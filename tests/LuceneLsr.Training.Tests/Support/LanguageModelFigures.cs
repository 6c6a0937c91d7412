using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Compares the figures of a language-model step with losses computed from logits.</summary>
internal static class LanguageModelFigures
{
    /// <summary>Asserts that both losses are means over the positions that have a target.</summary>
    /// <param name="step">The step.</param>
    /// <param name="logits">The logits of each position.</param>
    /// <param name="targets">The head row to predict from each position, or a negative number.</param>
    public static void AssertEqual(TrainingStep step, double[][] logits, IReadOnlyList<int> targets)
    {
        var scored = logits.Zip(targets, (row, target) => (Logits: row, Target: target))
            .Where(position => position.Target >= 0).ToArray();
        Assert.Equal(
            scored.Average(one => DenseArithmetic.CrossEntropy(one.Logits, one.Target)), step.Figure("loss"), 1e-4);
        Assert.Equal(
            scored.Average(one =>
                DenseArithmetic.CrossEntropy(one.Logits.Select(logit => Math.Log(1 + Math.Max(0, logit))), one.Target)),
            step.Figure("saturated_loss"), 1e-4);
    }
}
