namespace LuceneLsr.Onnx;

/// <summary>How ONNX Runtime runs a model.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Gets the number of threads that work on one batch. 0 means one per core. A server that encodes several texts at
    /// once does best with 1.
    /// </summary>
    public int Threads
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(Threads), value, "The number of threads must not be negative.");
    }
}
