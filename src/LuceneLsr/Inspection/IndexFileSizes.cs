using Lucene.Net.Index;
using LuceneLsr.Storage.Files;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Inspection;

/// <summary>The sizes of the files of an index by what they hold.</summary>
public static class IndexFileSizes
{
    /// <summary>The name of the part that holds documents and impacts, or frequencies, of all fields.</summary>
    public const string PostingsPart = "postings";

    /// <summary>The name of the part that holds the terms of all fields.</summary>
    public const string TermsPart = "term dictionary";

    private static readonly Dictionary<string, string> Contents = new(StringComparer.Ordinal)
    {
        [".doc"] = PostingsPart, [".pos"] = "positions", [".pay"] = "positions", [".imp"] = PostingsPart,
        [".tim"] = TermsPart, [".tip"] = TermsPart,
        [".fdt"] = "stored texts", [".fdx"] = "stored texts",
        [".nvd"] = "norms", [".nvm"] = "norms",
        [".dvd"] = "doc values", [".dvm"] = "doc values",
        [".tvx"] = "term vectors", [".tvd"] = "term vectors",
    };

    /// <summary>
    /// Measures the files of the last commit. Files inside compound files are counted by what they hold.
    /// </summary>
    /// <returns>The size of each part in bytes, the largest first.</returns>
    public static IReadOnlyList<(string Part, long Bytes)> Measure(LuceneDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var infos = new SegmentInfos();
        infos.Read(directory);
        var files = infos.Segments.SelectMany(segment => Measure(directory, segment))
            .Append((infos.GetSegmentsFileName(), directory.FileLength(infos.GetSegmentsFileName())));
        return [.. files
            .GroupBy(file => Contents.GetValueOrDefault(Path.GetExtension(file.Item1), "other"), file => file.Item2)
            .Select(part => (part.Key, Bytes: part.Sum()))
            .OrderByDescending(part => part.Bytes)];
    }

    private static IEnumerable<(string Name, long Bytes)> Measure(LuceneDirectory directory, SegmentCommitInfo segment)
    {
        var outer = segment.GetFiles().Select(name => (Name: name, Bytes: directory.FileLength(name))).ToList();
        if (!segment.Info.UseCompoundFile)
        {
            return outer;
        }

        using var compound = segment.Info.OpenCompoundFile();
        var inner = compound.ListAll().Select(name => (Name: name, Bytes: compound.FileLength(name))).ToList();
        var whole = outer.Single(file => Path.GetExtension(file.Name) == ".cfs");
        return [.. outer.Where(file => file != whole), .. inner,
            ("header of the compound file", whole.Bytes - inner.Sum(file => file.Bytes))];
    }
}
