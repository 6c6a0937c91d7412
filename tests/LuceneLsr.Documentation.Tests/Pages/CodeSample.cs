using System.Text.RegularExpressions;

namespace LuceneLsr.Documentation.Tests.Pages;

/// <summary>A region of this project's sources between "// &lt;sample&gt;" and "// &lt;/sample&gt;".</summary>
/// <param name="File">The source file's name.</param>
/// <param name="Code">The code with each run of white space as one space.</param>
/// <param name="Usings">The using directives of the source file.</param>
internal sealed partial record CodeSample(string File, string Code, IReadOnlySet<string> Usings)
{
    /// <summary>Gets all samples.</summary>
    public static IReadOnlyList<CodeSample> All { get; } = [.. typeof(CodeSample).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(Load)];

    /// <summary>
    /// Returns whether a page's code is this sample. Using directives at its start must be among the file's.
    /// </summary>
    public bool IsShownAs(string code)
    {
        var usings = UsingDirective().Matches(code).Select(match => match.Value).ToHashSet();
        return usings.IsSubsetOf(Usings) && Normalize(UsingDirective().Replace(code, "")) == Code;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Code}";

    private static IEnumerable<CodeSample> Load(string name)
    {
        using var reader = new StreamReader(typeof(CodeSample).Assembly.GetManifestResourceStream(name)!);
        var source = reader.ReadToEnd();
        var usings = UsingDirective().Matches(source).Select(match => match.Value).ToHashSet();
        return Region().Matches(source)
            .Select(match => new CodeSample(name, Normalize(match.Groups["code"].Value), usings));
    }

    private static string Normalize(string code) => Whitespace().Replace(code, " ").Trim();

    [GeneratedRegex(@"// <sample>\n(?<code>.*?)// </sample>", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^using (static )?[\w.]+;", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
