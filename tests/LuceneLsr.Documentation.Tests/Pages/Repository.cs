using System.Reflection;

namespace LuceneLsr.Documentation.Tests.Pages;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] BuildOutput = ["bin", "obj", "out", "packages"];

    /// <summary>Gets the full path of the checkout.</summary>
    public static string Root { get; } = GetMetadata("RepositoryRoot");

    /// <summary>Gets all Markdown pages of the checkout.</summary>
    public static IReadOnlyList<MarkdownPage> Pages { get; } = [.. Find(Root).Order().Select(MarkdownPage.Load)];

    /// <summary>Returns the page at a path relative to the root.</summary>
    public static MarkdownPage GetPage(string path) => Pages.Single(page => page.Name == path);

    /// <summary>Returns the path of a file or folder of the checkout.</summary>
    public static string GetPath(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>Returns a value that the build stored in this assembly.</summary>
    public static string GetMetadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(Find));

    private static bool IsSource(string folder) => Path.GetFileName(folder) is var name
        && !name.StartsWith('.') && !BuildOutput.Contains(name) && name != "node_modules";
}
