namespace LuceneLsr.Training.Runs;

/// <summary>A run cannot go on: its loss is no number, or every weight has become zero.</summary>
public sealed class TrainingCollapseException : InvalidOperationException
{
    /// <summary>Creates the exception for a step, counted from 1.</summary>
    public TrainingCollapseException(int step, string problem)
        : base($"Step {step}: {problem} Lower the learning rates or flops_weight, or adapt the model first.")
    {
    }

    /// <summary>Creates an empty exception.</summary>
    public TrainingCollapseException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public TrainingCollapseException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public TrainingCollapseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
