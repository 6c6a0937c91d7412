namespace LuceneLsr.Files;

/// <summary>A line of a file is too long to be read into memory.</summary>
/// <param name="maxLength">The maximum number of characters.</param>
internal sealed class LineTooLongException(int maxLength)
    : Exception($"the line has more than {maxLength:N0} characters. Split it, or check that the file is not binary.");
