namespace LuceneLsr.Files;

/// <summary>Describes errors in arguments to people who did not write the call.</summary>
internal static class ArgumentErrors
{
    /// <summary>Returns the message without the name of the parameter, which .NET adds to it.</summary>
    public static string Describe(ArgumentException error) =>
        error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
