namespace LuceneLsr.Tokenization;

/// <summary>
/// The exception thrown for an invalid checkpoint directory. The message names the file, the field or tensor, and the
/// fix.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates an exception for a file of a checkpoint.</summary>
    public CheckpointException(string file, string problem, Exception? inner = null)
        : base($"{file}: {problem}", inner)
    {
    }

    /// <summary>Creates an exception with a default message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
