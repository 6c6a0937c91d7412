namespace LuceneLsr.Training.Tasks;

/// <summary>Thrown when a run cannot continue: its loss is not finite, or every weight has become zero.</summary>
public sealed class TrainingCollapseException : InvalidOperationException
{
    /// <summary>Creates the exception for a step.</summary>
    /// <param name="step">The step, counted from 1.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to change.</param>
    public TrainingCollapseException(int step, string problem, string remedy)
        : base($"Step {step}: {problem} {remedy}")
    {
    }

    /// <summary>Creates the exception with a default message.</summary>
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
