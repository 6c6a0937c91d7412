namespace LuceneLsr.Tools.Common;

/// <summary>A command was canceled, and the message says how to keep its work the next time.</summary>
/// <param name="message">The advice, as a sentence.</param>
/// <param name="innerException">The cancellation.</param>
public sealed class CanceledCommandException(string message, OperationCanceledException innerException)
    : OperationCanceledException(message, innerException);
