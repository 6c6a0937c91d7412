using System.Text.RegularExpressions;

namespace LuceneLsr.Documentation.Tests.Pages;

/// <summary>A Markdown page and the parts of it that can be checked.</summary>
internal sealed partial class MarkdownPage
{
    private readonly string _path;
    private readonly string _prose; // without code blocks

    private MarkdownPage(string path)
    {
        _path = path;
        Text = File.ReadAllText(path);
        Name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        _prose = Fence().Replace(Text, "");
    }

    /// <summary>Gets the path relative to the root of the checkout.</summary>
    public string Name { get; }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    /// <summary>Gets the code blocks, in order.</summary>
    public IEnumerable<CodeBlock> Blocks => Fence().Matches(Text)
        .Select(match => new CodeBlock(match.Groups["language"].Value, match.Groups["code"].Value));

    /// <summary>Gets the targets of links and images to files of the checkout.</summary>
    public IEnumerable<string> LocalLinks => Link().Matches(_prose)
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Gets the texts between backticks outside code blocks.</summary>
    public IEnumerable<string> InlineCode => InlineCodeSpan().Matches(_prose)
        .Select(match => Whitespace().Replace(match.Groups["code"].Value, " "));

    /// <summary>Reads a page.</summary>
    public static MarkdownPage Load(string path) => new(path);

    /// <summary>Returns the full path of a link's target; the page itself for an empty one.</summary>
    public string Resolve(string relative) =>
        relative.Length == 0 ? _path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(_path)!, relative));

    /// <summary>Returns whether the page has a heading with this anchor.</summary>
    public bool HasAnchor(string anchor) => Heading().Matches(_prose)
        .Any(match => CreateAnchor(match.Groups["title"].Value) == anchor);

    private static string CreateAnchor(string title) => new([.. title.Trim().ToLowerInvariant()
        .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
        .Select(character => character == ' ' ? '-' : character)]);

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex InlineCodeSpan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
