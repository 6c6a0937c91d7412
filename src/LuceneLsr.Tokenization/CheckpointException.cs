namespace LuceneLsr.Tokenization;

/// <summary>
/// A checkpoint directory cannot be used; the message names the file, the field or tensor, and the mend.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception for a file of a checkpoint.</summary>
    public CheckpointException(string file, string problem, Exception? inner = null)
        : base($"{file}: {problem}", inner)
    {
    }

    /// <summary>Creates an empty exception.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
