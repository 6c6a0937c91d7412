namespace LuceneLsr.Files;

/// <summary>A line of a text file with its position.</summary>
/// <param name="Path">The file, or the name of another source of text.</param>
/// <param name="Number">The line number, counted from 1 and including blank lines.</param>
/// <param name="Text">The line without its line break.</param>
/// <param name="FractionRead">
/// The fraction of the file's bytes read so far, from 0 to 1. It is ahead of this line by at most one buffer, and 0 if
/// the length is unknown, as for a pipe.
/// </param>
internal readonly record struct TextLine(string Path, int Number, string Text, double FractionRead)
{
    /// <summary>Creates an exception whose message starts with the file and the line number.</summary>
    public InvalidDataException CreateError(string problem, Exception? cause = null) =>
        new($"{Path}, line {Number}: {problem}", cause);
}
